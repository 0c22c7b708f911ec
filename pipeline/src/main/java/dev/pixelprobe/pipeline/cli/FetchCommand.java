package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.fetch.Catalogue;
import dev.pixelprobe.pipeline.fetch.Downloader;
import dev.pixelprobe.pipeline.fetch.Fetch;
import dev.pixelprobe.pipeline.fetch.Fetched;
import dev.pixelprobe.pipeline.fetch.Item;
import dev.pixelprobe.pipeline.fetch.KnownFiles;
import dev.pixelprobe.pipeline.fetch.Patience;
import dev.pixelprobe.pipeline.storage.Target;
import dev.pixelprobe.pipeline.storage.Upload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Published data sets and models. */
@Command(
    name = "fetch",
    description = {
      "Download a published data set or model, verify it and unpack it.",
      "A download that broke off goes on when the command is given again."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FetchCommand implements Callable<Integer> {
  private static final long MEGABYTE = 1_000_000;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "cifar10, cifar100, stl10, igpt-s, igpt-m, igpt-l or inception")
  private String name;

  @Option(
      names = "--out",
      paramLabel = "DIR|gs://..",
      description = {
        "where to; default data for data sets, models/NAME for igpt, your cache for inception.",
        "A data set's own folder appears in it"
      })
  private @Nullable Target out;

  @Option(
      names = "--from",
      paramLabel = "URL",
      description = "a mirror: an http or https folder that holds files of the same names")
  private @Nullable String from;

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "igpt: 131000, 262000, 524000 or 1000000 steps of training; default the last")
  private @Nullable Integer step;

  @Option(names = "--bert", description = "igpt: the model trained to fill in, not to continue")
  private boolean bert;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "4",
      description = "tries in a row after a failure, longer and longer apart; default 4")
  private int retries;

  @Override
  public Integer call() throws IOException {
    Item item = item();
    Target target = out == null ? Target.of(defaultFolder(item).toString()) : out;
    Optional<URI> mirror = Optional.ofNullable(from).map(FetchCommand::mirror);
    Downloader downloader =
        new Downloader(patience(), line -> System.err.println("warning: " + line));
    Path store = UserCache.directory().resolve("fetched.json");
    Fetch fetch = new Fetch(downloader, new KnownFiles(store), mirror);
    FetchSummary summary =
        target.isCloud()
            ? bringToCloud(item, target, fetch, downloader)
            : FetchSummary.of(item, bring(item, target.path(), fetch, downloader), target);
    System.out.print(summary.text());
    return 0;
  }

  private static Fetched bring(Item item, Path folder, Fetch fetch, Downloader downloader)
      throws IOException {
    try (ProgressLine progress = progress(item, folder, downloader)) {
      return fetch.fetch(item, folder);
    }
  }

  /** By way of this machine's disk, so that a broken download goes on. */
  private static FetchSummary bringToCloud(
      Item item, Target target, Fetch fetch, Downloader downloader) throws IOException {
    Path folder = UserCache.directory().resolve("fetched").resolve(item.name());
    String place = folder.toAbsolutePath().relativize(item.target(folder)).toString();
    Target inCloud = place.isEmpty() ? target : target.resolve(place);
    String deciding = item.holds().get(item.holds().size() - 1);
    if (inCloud.resolve(deciding).isObject()) {
      return new FetchSummary(item, inCloud, List.of(), target);
    }
    Fetched fetched = bring(item, folder, fetch, downloader);
    Upload.of(fetched.target(), deciding).onceTo(inCloud);
    AsideDirectory.delete(folder);
    return new FetchSummary(item, inCloud, fetched.files(), target);
  }

  private Item item() {
    if (Catalogue.isImageGpt(name)) {
      return Catalogue.imageGpt(name, step == null ? Catalogue.LAST_STEP : step, bert);
    }
    Item item = Catalogue.find(name);
    if (step != null || bert) {
      throw new InvalidInputException(
          "%s: expected igpt-s, igpt-m or igpt-l with it, got %s; leave it out"
              .formatted(bert ? "--bert" : "--step", name));
    }
    return item;
  }

  private static Path defaultFolder(Item item) {
    return switch (item.kind()) {
      case DATA_SET -> Path.of("data");
      case CHECKPOINT -> Path.of("models", item.name());
      case NETWORK -> UserCache.inception();
    };
  }

  private Patience patience() {
    if (retries < 0) {
      throw new InvalidInputException("--retries: expected 0 or more, got " + retries);
    }
    return Patience.DEFAULT.withRetries(retries);
  }

  private static URI mirror(String url) {
    try {
      URI uri = URI.create(url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // no URL at all: the same advice
    }
    throw new InvalidInputException(
        "--from: expected the http or https address of a folder, got " + url);
  }

  private static @Nullable ProgressLine progress(Item item, Path folder, Downloader downloader) {
    return item.isWholeIn(item.target(folder))
        ? null
        : new ProgressLine("fetch", "MB", megabytes(item), () -> downloader.received() / MEGABYTE);
  }

  private static OptionalLong megabytes(Item item) {
    OptionalLong bytes = item.bytes();
    return bytes.isEmpty() ? bytes : OptionalLong.of(bytes.getAsLong() / MEGABYTE);
  }
}

package dev.pixelprobe.pipeline.fetch;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.fetch.FetchedFile.Proof;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings one item to its target, whole or not at all. A file that does not match what is known of
 * it is deleted; half a file stays for the next try, in a hidden folder beside the target.
 */
public final class Fetch {
  private static final int NOT_FOUND = 404;

  private final Downloader downloader;
  private final KnownFiles known;
  private final Optional<URI> mirror;

  /**
   * @param mirror holds files of the same names; empty: from their publishers
   */
  public Fetch(Downloader downloader, KnownFiles known, Optional<URI> mirror) {
    this.downloader = downloader;
    this.known = known;
    this.mirror = mirror;
  }

  /**
   * Fetches, unless all is there.
   *
   * @param out where to; see {@link Item#target}
   * @throws InvalidInputException if something else is there, or comes
   * @throws IOException if it cannot be had, now
   */
  public Fetched fetch(Item item, Path out) throws IOException {
    Path target = item.target(out);
    if (isThere(item, target)) {
      return new Fetched(target, List.of());
    }
    try (Staging staging = Staging.of(target)) {
      if (isThere(item, target)) {
        return new Fetched(target, List.of());
      }
      List<FetchedFile> files =
          item.archive().isPresent()
              ? List.of(unpacked(item, item.archive().get(), target, staging))
              : gathered(item, target, staging);
      staging.clear();
      rememberUnpublished(item, files);
      return new Fetched(target, files);
    }
  }

  /** Only now, when all was well: what is remembered is what later fetches must match. */
  private void rememberUnpublished(Item item, List<FetchedFile> files) throws IOException {
    Map<URI, String> unpublished = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).proof() != Proof.PUBLISHED) {
        unpublished.put(item.files().get(i).uri(), files.get(i).sha256());
      }
    }
    if (!unpublished.isEmpty()) {
      known.remember(unpublished);
    }
  }

  private static boolean isThere(Item item, Path target) throws IOException {
    if (item.isWholeIn(target)) {
      return true;
    }
    if (!Files.exists(target)) {
      return false;
    }
    if (!Files.isDirectory(target)) {
      throw new InvalidInputException(
          "%s: expected a folder of %s, got a file; choose another --out"
              .formatted(target, item.name()));
    }
    try (Stream<Path> entries = Files.list(target)) {
      if (entries.findAny().isPresent()) {
        String missing =
            item.holds().stream()
                .filter(file -> !Files.isRegularFile(target.resolve(file)))
                .findFirst()
                .orElseThrow();
        throw new InvalidInputException(
            "%s: expected nothing or all of %s, got files without %s; choose another --out or remove it"
                .formatted(target, item.name(), missing));
      }
    }
    return false;
  }

  private FetchedFile unpacked(Item item, Archive archive, Path target, Staging staging)
      throws IOException {
    RemoteFile file = item.files().get(0);
    Path placed = target.resolveSibling(file.name());
    String advice =
        "fetch %s elsewhere and place it at %s, or name a mirror with --from URL"
            .formatted(file.uri(), placed);
    FetchedFile fetched;
    Path packed;
    if (Files.isRegularFile(placed)) {
      packed = placed;
      fetched = verified(file, packed, Optional.empty());
    } else {
      PartFile part = new PartFile(staging.file(file.name() + ".part"));
      packed = part.path();
      fetched = downloaded(file, part, advice);
    }
    try (AsideDirectory aside = AsideDirectory.of(target)) {
      TarGz.unpack(packed, archive, aside.path());
      Path root = aside.path().resolve(archive.root());
      checkWhole(item, file, root);
      aside.publish(root);
    } catch (InvalidInputException e) {
      staging.clear();
      throw e;
    }
    return fetched;
  }

  private static void checkWhole(Item item, RemoteFile file, Path root) {
    for (String name : item.holds()) {
      if (!Files.isRegularFile(root.resolve(name))) {
        throw new InvalidInputException(
            "%s: expected %s in it, got an archive without; name another source with --from URL"
                .formatted(file.name(), name));
      }
    }
  }

  private List<FetchedFile> gathered(Item item, Path target, Staging staging) throws IOException {
    String advice =
        "fetch its %d files elsewhere and place them in %s, or name a mirror with --from URL"
            .formatted(item.files().size(), target);
    List<FetchedFile> files = new ArrayList<>();
    for (RemoteFile file : item.files()) {
      Path whole = staging.whole().resolve(file.name());
      if (Files.isRegularFile(whole)) {
        files.add(verified(file, whole, Optional.empty()));
      } else {
        PartFile part = new PartFile(staging.file(file.name() + ".part"));
        files.add(downloaded(file, part, advice));
        Files.move(part.path(), whole);
        part.forget();
      }
    }
    Files.deleteIfExists(target);
    Files.move(staging.whole(), target);
    return files;
  }

  private FetchedFile downloaded(RemoteFile file, PartFile part, String advice) throws IOException {
    try {
      Optional<String> md5 = downloader.download(file, source(file), part);
      return verified(file, part.path(), md5);
    } catch (InvalidInputException e) {
      part.discard();
      throw e;
    } catch (UnavailableException e) {
      if (e.status() == NOT_FOUND && mirror.isPresent()) {
        throw new InvalidInputException(
            "--from %s: expected %s there, got no such file; name a folder that holds it"
                .formatted(mirror.get(), file.name()),
            e);
      }
      String kept =
          part.length() == 0
              ? ""
              : "; the first %,d bytes are kept, the same command goes on from there"
                  .formatted(part.length());
      throw new IOException("%s; %s%s".formatted(e.getMessage(), advice, kept), e);
    }
  }

  private URI source(RemoteFile file) {
    return mirror
        .map(base -> URI.create(base.toString().replaceFirst("/*$", "/") + file.name()))
        .orElse(file.uri());
  }

  private FetchedFile verified(RemoteFile file, Path path, Optional<String> md5)
      throws IOException {
    long bytes = Files.size(path);
    if (bytes != file.bytes().orElse(bytes)) {
      throw new InvalidInputException(
          "%s: expected %,d bytes, got %,d; name another source with --from URL"
              .formatted(file.name(), file.bytes().getAsLong(), bytes));
    }
    FileDigests got = FileDigests.of(path);
    if (file.sha256().isPresent()) {
      compare(file, "SHA-256", file.sha256().get(), got.sha256());
      return new FetchedFile(file.name(), bytes, got.sha256(), Proof.PUBLISHED);
    }
    md5.ifPresent(expected -> compare(file, "MD5 (from its server)", expected, got.md5()));
    known.check(file, got.sha256());
    Proof proof = md5.isPresent() ? Proof.SENT_ALONG : Proof.NONE;
    return new FetchedFile(file.name(), bytes, got.sha256(), proof);
  }

  private static void compare(RemoteFile file, String what, String expected, String got) {
    if (!expected.equals(got)) {
      throw new InvalidInputException(
          "%s: expected %s %s, got %s; name another source with --from URL"
              .formatted(file.name(), what, expected, got));
    }
  }
}

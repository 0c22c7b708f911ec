package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.fetch.Fetched;
import dev.pixelprobe.pipeline.fetch.FetchedFile;
import dev.pixelprobe.pipeline.fetch.FetchedFile.Proof;
import dev.pixelprobe.pipeline.fetch.Item;
import dev.pixelprobe.pipeline.storage.Target;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a fetch came to, in words: what is known of the files, where they are, what to do next.
 *
 * @param target the folder that is whole now
 * @param files what was got; empty if all was there before
 * @param out as the user gave it
 */
record FetchSummary(Item item, Target target, List<FetchedFile> files, Target out) {
  FetchSummary {
    files = List.copyOf(files);
  }

  static FetchSummary of(Item item, Fetched fetched, Target out) {
    return new FetchSummary(item, Target.of(fetched.target().toString()), fetched.files(), out);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        files.isEmpty()
            ? "%s is there already; to fetch it again remove %s%n".formatted(item.name(), target)
            : "%s is in %s%n%s".formatted(item.name(), target, trust()));
    text.append("terms: %s%n".formatted(item.terms()));
    text.append(next());
    return text.toString();
  }

  private String trust() {
    long bytes = files.stream().mapToLong(FetchedFile::bytes).sum();
    String size = "%,d bytes".formatted(bytes);
    if (item.hasChecksums()) {
      return "%s, SHA-256 as published%n".formatted(size);
    }
    long sent = files.stream().filter(f -> f.proof() == Proof.SENT_ALONG).count();
    return "%s; no checksum is published for this, so nothing proves that it is the original%n"
            .formatted(size)
        + "the server's own MD5 agreed for %d of %d files; a later fetch compares with these SHA-256:%n"
            .formatted(sent, files.size())
        + files.stream()
            .map(file -> "%s  %s%n".formatted(file.sha256(), file.name()))
            .collect(Collectors.joining());
  }

  private String next() {
    return switch (item.kind()) {
      case DATA_SET -> "next: pixelprobe run --dataset %s --data %s%n".formatted(item.name(), out);
      case NETWORK ->
          "next: pixelprobe fid --extractor inception --inception %s --real .. --fake .. --out fid.json%n"
              .formatted(out);
      case CHECKPOINT -> importing();
    };
  }

  private String importing() {
    return item.checkpointPrefix()
        .map(
            prefix ->
                "next: pixelprobe model import --from %s --palette %s%s --out %s%n"
                    .formatted(
                        out.resolve(prefix),
                        out.resolve("kmeans_centers.npy"),
                        item.name().contains("-bert") ? " --objective bert" : "",
                        item.name()))
        .orElseThrow();
  }
}

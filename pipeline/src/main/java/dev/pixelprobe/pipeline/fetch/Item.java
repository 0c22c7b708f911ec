package dev.pixelprobe.pipeline.fetch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that can be fetched.
 *
 * @param name what the user calls it
 * @param kind what it is for
 * @param files all that is downloaded
 * @param archive if the one file is a tar.gz, what may be in it
 * @param holds files that the target has when it is whole
 * @param terms where its licence or its authors' wishes stand
 */
public record Item(
    String name,
    Kind kind,
    List<RemoteFile> files,
    Optional<Archive> archive,
    List<String> holds,
    String terms) {
  /** What an item is for. */
  public enum Kind {
    /** Images with labels, for {@code --data}. */
    DATA_SET,
    /** Weights of an Image GPT, for {@code model import}. */
    CHECKPOINT,
    /** A network that metrics are computed with. */
    NETWORK
  }

  public Item {
    files = List.copyOf(files);
    holds = List.copyOf(holds);
  }

  /** The folder that appears: an archive's own folder below {@code out}, or {@code out} itself. */
  public Path target(Path out) {
    return archive.map(a -> out.resolve(a.root())).orElse(out).toAbsolutePath().normalize();
  }

  /** Whether everything is there; what is in the files is not looked at. */
  public boolean isWholeIn(Path folder) {
    return holds.stream().allMatch(file -> Files.isRegularFile(folder.resolve(file)));
  }

  /** Whether every file's SHA-256 is known beforehand. */
  public boolean hasChecksums() {
    return files.stream().allMatch(file -> file.sha256().isPresent());
  }

  /** Length of all files together, if it is known. */
  public OptionalLong bytes() {
    return files.stream().allMatch(file -> file.bytes().isPresent())
        ? OptionalLong.of(files.stream().mapToLong(file -> file.bytes().getAsLong()).sum())
        : OptionalLong.empty();
  }

  /** What the names of a checkpoint's files have in common; empty for other items. */
  public Optional<String> checkpointPrefix() {
    String index = ".index";
    return holds.stream()
        .filter(file -> file.endsWith(index))
        .map(file -> file.substring(0, file.length() - index.length()))
        .findFirst();
  }
}

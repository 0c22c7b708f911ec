package dev.pixelprobe.pipeline.files;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.CreateOptions.StandardCreateOptions;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * A folder where Beam's file systems reach. In a bucket there are no folders: one is there as long
 * as there are files in it.
 *
 * @param location an absolute local path, or a {@code gs://} URI; no slash at its end
 */
public record Folder(String location) implements Serializable {
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*://.*");
  private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}\\\\]");

  /**
   * The folder at a location.
   *
   * @throws InvalidInputException if it is in a bucket and its name would be taken for a pattern
   */
  public static Folder at(String location) {
    Folder folder = new Folder(location.replaceFirst("(?<=[^/])/+$", ""));
    if (folder.isRemote() && GLOB.matcher(location).find()) {
      throw new InvalidInputException(
          "folder %s: expected a name without * ? [ ] { } \\; choose another".formatted(location));
    }
    return folder;
  }

  /** Whether a location is a URI of a bucket or the like, not a local path. */
  public static boolean isRemote(String location) {
    return SCHEME.matcher(location).matches();
  }

  /** Whether it is in a bucket or the like, where nothing can be renamed or linked. */
  public boolean isRemote() {
    return isRemote(location);
  }

  public Folder child(String name) {
    return new Folder(location + "/" + name);
  }

  /** Where a file of it is. */
  public ResourceId file(String name) {
    return FileSystems.matchNewResource(location + "/" + name, /* isDirectory= */ false);
  }

  /** Every file in it, however deep, sorted by name; none if there is no folder. */
  public List<FolderFile> list() throws IOException {
    Stream<FolderFile> files = isRemote() ? listRemote() : listLocal(Path.of(location));
    return files.sorted(Comparator.comparing(FolderFile::name)).toList();
  }

  private Stream<FolderFile> listRemote() throws IOException {
    String root = location + "/";
    return FileSystems.match(root + "**", EmptyMatchTreatment.ALLOW).metadata().stream()
        .map(file -> FolderFile.of(file, root));
  }

  /** Not by Beam, which takes brackets in a path for a pattern. */
  private static Stream<FolderFile> listLocal(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return Stream.empty();
    }
    try (Stream<Path> tree = Files.walk(root)) {
      List<Path> paths = tree.filter(Files::isRegularFile).toList();
      Stream.Builder<FolderFile> files = Stream.builder();
      for (Path path : paths) {
        files.add(FolderFile.of(path, root));
      }
      return files.build();
    }
  }

  public boolean has(String name) throws IOException {
    if (!isRemote()) {
      return Files.isRegularFile(Path.of(location, name));
    }
    List<Metadata> found =
        FileSystems.match(file(name).toString(), EmptyMatchTreatment.ALLOW).metadata();
    return !found.isEmpty();
  }

  /**
   * A whole file.
   *
   * @throws java.io.FileNotFoundException if there is none in a bucket
   * @throws java.nio.file.NoSuchFileException if there is none on a disk
   */
  public byte[] read(String name) throws IOException {
    try (InputStream in = Channels.newInputStream(FileSystems.open(file(name)))) {
      return in.readAllBytes();
    }
  }

  /** The lines of a UTF-8 file. */
  public List<String> lines(String name) throws IOException {
    return new String(read(name), StandardCharsets.UTF_8).lines().toList();
  }

  /** Writes a file, or another in its stead. In a bucket it appears whole. */
  public void write(String name, byte[] bytes) throws IOException {
    write(name, bytes, MimeTypes.BINARY);
  }

  /** Writes a file of this MIME type, which a bucket keeps with it. */
  public void write(String name, byte[] bytes, String mimeType) throws IOException {
    write(name, bytes, StandardCreateOptions.builder().setMimeType(mimeType).build());
  }

  /** Writes a file that appears whole on a disk too. */
  public void writeWhole(String name, byte[] bytes) throws IOException {
    if (isRemote()) {
      write(name, bytes);
      return;
    }
    String aside = name + ".partial";
    write(aside, bytes);
    FileSystems.rename(List.of(file(aside)), List.of(file(name)));
  }

  /**
   * Writes a file that is not there yet.
   *
   * @throws IOException also if a bucket has it meanwhile
   */
  public void create(String name, byte[] bytes) throws IOException {
    write(
        name,
        bytes,
        StandardCreateOptions.builder()
            .setMimeType(MimeTypes.BINARY)
            .setExpectFileToNotExist(true)
            .build());
  }

  private void write(String name, byte[] bytes, StandardCreateOptions options) throws IOException {
    try (OutputStream out = Channels.newOutputStream(FileSystems.create(file(name), options))) {
      out.write(bytes);
    }
  }

  /** Deletes files; those that are not there are passed over. */
  public void delete(List<String> names) throws IOException {
    if (!names.isEmpty()) {
      FileSystems.delete(
          names.stream().map(this::file).toList(), StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }

  /** Deletes it with all that is in it; nothing there is fine. */
  public void delete() throws IOException {
    if (isRemote()) {
      delete(list().stream().map(FolderFile::name).toList());
    } else {
      AsideDirectory.delete(Path.of(location));
    }
  }

  /** Deletes it because of a failure, which is told of what else fails. */
  public void deleteAfter(Exception failure) {
    try {
      delete();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * What to say if a file is not there that workers were to write.
   *
   * @param expected what it is
   */
  public IOException unseen(String expected) {
    return new IOException(
        "%s: expected %s from the workers, got none; name a gs:// location, or a path that this machine and every TaskManager share"
            .formatted(location, expected));
  }

  /** Says so if a file is not there that workers were to write. */
  public void requireWritten(String name) throws IOException {
    if (!has(name)) {
      throw unseen(name);
    }
  }

  /** Its location. */
  @Override
  public String toString() {
    return location;
  }
}

package dev.pixelprobe.model.array;

import dev.pixelprobe.model.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Named arrays in one file, as numpy.savez and numpy.savez_compressed write them: a zip of .npy.
 */
public final class NpzFile implements AutoCloseable {
  private final Path file;
  private final ZipFile zip;

  private NpzFile(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * Opens the file.
   *
   * @throws InvalidInputException if there is no such file, or it is no zip
   */
  public static NpzFile open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(file + ": expected an .npz file, got no such file");
    }
    try {
      return new NpzFile(file, new ZipFile(file.toFile()));
    } catch (ZipException e) {
      throw new InvalidInputException(
          file + ": expected an .npz file, got other bytes; write it with numpy.savez", e);
    }
  }

  /**
   * Reads one array, of at most 2 GiB.
   *
   * @throws InvalidInputException if it is not there, or damaged
   */
  public NpyArray read(String name) throws IOException {
    String source = file + " " + name;
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new InvalidInputException(
          "%s: expected an array named %s, got none; save it with numpy.savez(file, %s=..)"
              .formatted(file, name, name));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      return NpyReader.readAll(source, new ByteArrayInputStream(bytes), bytes.length);
    } catch (ZipException e) {
      throw new InvalidInputException(
          "%s: expected an .npz file, got a damaged one; save it again".formatted(source), e);
    }
  }

  /** Writes the arrays, uncompressed; the file appears whole or not at all. */
  public static void write(Path file, Map<String, NpyArray> arrays) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(aside);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        zip.setLevel(Deflater.NO_COMPRESSION);
        for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
          ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
          entry.setTime(0);
          zip.putNextEntry(entry);
          zip.write(NpyHeader.format(array.getValue().type(), array.getValue().shape()));
          Channels.newChannel(zip).write(array.getValue().data());
        }
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}

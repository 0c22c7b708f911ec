package dev.pixelprobe.model.checkpoint.torch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles and zips by hand, sound ones and hostile ones. */
final class TorchBytes {
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

  private TorchBytes() {}

  /** A pickle of protocol 2 whose dict is open. */
  static TorchBytes dict() {
    return new TorchBytes().op(0x80, 2).op('}').op('(');
  }

  TorchBytes op(int... bytes) {
    for (int b : bytes) {
      pickle.write(b);
    }
    return this;
  }

  TorchBytes ascii(String text) {
    pickle.writeBytes(text.getBytes(UTF_8));
    return this;
  }

  TorchBytes text(String text) {
    return op('X').i4(text.getBytes(UTF_8).length).ascii(text);
  }

  TorchBytes global(String module, String name) {
    return op('c').ascii(module + "\n" + name + "\n");
  }

  TorchBytes number(long number) {
    op(0x8a, 8);
    pickle.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
    return this;
  }

  private TorchBytes i4(int number) {
    pickle.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    return this;
  }

  /** An entry: a vector that views the storage from an offset on. */
  TorchBytes vector(String name, String storage, long elements, long offset, long size, long step) {
    text(name).global("torch._utils", "_rebuild_tensor_v2").op('(');
    op('(').text("storage").global("torch", "FloatStorage").text(storage).text("cpu");
    number(elements).op('t', 'Q').number(offset);
    number(size).op(0x85).number(step).op(0x85, 0x89);
    return global("collections", "OrderedDict").op(')', 'R', 't', 'R');
  }

  byte[] bytes() {
    return pickle.toByteArray();
  }

  /** The pickle with its dict and itself closed. */
  byte[] closed() {
    return op('u', '.').bytes();
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** A zip as torch.save writes it, with one storage named 0. */
  static Path save(Path file, byte[] pickle, byte[] storage) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle);
    entries.put("archive/data/0", storage);
    return zip(file, ZipEntry.STORED, entries);
  }

  static Path zip(Path file, int method, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (var entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setMethod(method);
        CRC32 crc = new CRC32();
        crc.update(entry.getValue());
        header.setCrc(crc.getValue());
        header.setSize(entry.getValue().length);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}

package dev.pixelprobe.model.array;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an .npy file: magic, version, and a Python dictionary that tells type and shape.
 *
 * @param order of the file's elements
 * @param length of the whole head, in bytes: where the elements begin
 */
record NpyHeader(NpyType type, ByteOrder order, Shape shape, int length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_DICTIONARY = 1 << 20;

  /** numpy starts the elements at a multiple of this many bytes. */
  private static final int ALIGNMENT = 64;

  /** numpy leaves room for a first dimension of this many digits, to be grown in place. */
  private static final int GROWTH_DIGITS = 21;

  private static final Pattern DESCR = entry("descr", "['\"]?([^'\",]{0,80})");
  private static final Pattern FORTRAN_ORDER = entry("fortran_order", "(True|False)");
  private static final Pattern SHAPE = entry("shape", "\\(([^()]{0,400})\\)");

  private static Pattern entry(String key, String value) {
    return Pattern.compile("['\"]" + key + "['\"]\\s*:\\s*(?:" + value + ")");
  }

  /** Reads the head and leaves {@code in} at the first element. */
  static NpyHeader read(InputStream in, String file) throws IOException {
    byte[] prefix = in.readNBytes(MAGIC.length + 2);
    if (prefix.length < MAGIC.length + 2
        || !Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new InvalidInputException(
          file + ": expected an .npy file, got other bytes; write it with numpy.save");
    }
    int version = prefix[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new InvalidInputException(
          "%s: expected .npy format 1.0, 2.0 or 3.0, got %d".formatted(file, version));
    }
    int width = version == 1 ? 2 : 4;
    ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    size.put(0, readExactly(in, width, file));
    if (size.getInt(0) < 0 || size.getInt(0) > MAX_DICTIONARY) {
      throw new InvalidInputException(
          "%s: expected a header of at most %d bytes, got %s"
              .formatted(file, MAX_DICTIONARY, Integer.toUnsignedString(size.getInt(0))));
    }
    String text = new String(readExactly(in, size.getInt(0), file), ISO_8859_1);
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return parse(line, prefix.length + width + text.length(), file);
  }

  private static byte[] readExactly(InputStream in, int count, String file) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new InvalidInputException(
          "%s: expected a header of %d bytes more, got %d; the file is cut short"
              .formatted(file, count, bytes.length));
    }
    return bytes;
  }

  private static NpyHeader parse(String text, int length, String file) {
    String descr = find(DESCR, text, file);
    Optional<NpyType> type =
        descr.isEmpty() ? Optional.empty() : NpyType.ofCode(descr.substring(1));
    if (type.isEmpty() || "<>|=".indexOf(descr.charAt(0)) < 0) {
      throw new InvalidInputException(
          "%s: expected dtype uint8, int32, int64, float32 or float64, got '%s'; convert it with"
                  .formatted(file, descr)
              + " numpy.ndarray.astype");
    }
    if (find(FORTRAN_ORDER, text, file).equals("True")) {
      throw new InvalidInputException(
          file + ": expected C order, got Fortran order; save numpy.ascontiguousarray(x)");
    }
    ByteOrder order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyHeader(type.get(), order, shape(find(SHAPE, text, file), file), length);
  }

  private static String find(Pattern entry, String text, String file) {
    Matcher matcher = entry.matcher(text);
    if (!matcher.find()) {
      throw new InvalidInputException(
          file + ": expected descr, fortran_order and shape in the .npy header; save it again");
    }
    return matcher.group(1);
  }

  private static Shape shape(String text, String file) {
    try {
      Shape shape =
          new Shape(
              Pattern.compile(",")
                  .splitAsStream(text)
                  .filter(dim -> !dim.isBlank())
                  .map(dim -> Integer.valueOf(dim.strip()))
                  .toList());
      Math.multiplyExact(shape.elements(), Long.BYTES);
      return shape;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InvalidInputException(
          "%s: expected dimensions below 2^31 and a size below 2^63, got shape (%s)"
              .formatted(file, text),
          e);
    }
  }

  /** The head that numpy 1.23 and newer write for a little-endian, C-ordered array. */
  static byte[] format(NpyType type, Shape shape) {
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type.descr(), shape);
    int spare = shape.rank() == 0 ? 0 : GROWTH_DIGITS - String.valueOf(shape.dim(0)).length();
    int used = MAGIC.length + 4 + dictionary.length() + spare + 1;
    int padding = spare + ALIGNMENT - used % ALIGNMENT;
    String text = dictionary + " ".repeat(padding) + "\n";
    return ByteBuffer.allocate(MAGIC.length + 4 + text.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length())
        .put(text.getBytes(ISO_8859_1))
        .array();
  }
}

package dev.pixelprobe.model.checkpoint.safetensors;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.ForeignText;
import dev.pixelprobe.model.checkpoint.tensor.TensorDType;
import dev.pixelprobe.model.checkpoint.tensor.TensorInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses a safetensors header as a stream of JSON tokens, so that a hostile one costs no more than
 * the entries it really holds. Follows the format's rules: unique names, byte ranges that match
 * shape and type and cover the data without gap or overlap.
 */
final class SafetensorsHeader {
  private static final int MAX_RANK = 16;
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private final String file;
  private final long dataBegin;
  private final long dataEnd;

  private SafetensorsHeader(String file, long dataBegin, long dataEnd) {
    this.file = file;
    this.dataBegin = dataBegin;
    this.dataEnd = dataEnd;
  }

  /**
   * Parses and checks the header.
   *
   * @param json the header's bytes
   * @param dataBegin where the data begin in the file: the header's end
   * @param dataEnd the file's length
   * @return entries by name, in the header's order
   */
  static Map<String, TensorInfo> parse(byte[] json, String file, long dataBegin, long dataEnd)
      throws IOException {
    SafetensorsHeader header = new SafetensorsHeader(file, dataBegin, dataEnd);
    Map<String, TensorInfo> tensors;
    try (JsonParser parser = JSON.createParser(json)) {
      tensors = header.tensors(parser);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "%s: header: expected JSON, got %s; fetch the file again"
              .formatted(file, ForeignText.brief(e.getOriginalMessage())),
          e);
    }
    header.checkCover(tensors);
    return tensors;
  }

  private Map<String, TensorInfo> tensors(JsonParser parser) throws IOException {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    expect(parser.nextToken(), JsonToken.START_OBJECT, "header");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      expect(parser.nextToken(), JsonToken.START_OBJECT, name);
      if (name.equals("__metadata__")) {
        parser.skipChildren();
      } else if (tensors.put(name, tensor(parser, name)) != null) {
        throw wrong(name, "one entry of that name", "two");
      }
    }
    if (parser.nextToken() != null) {
      throw wrong("header", "nothing after the JSON object", "more");
    }
    return tensors;
  }

  private TensorInfo tensor(JsonParser parser, String name) throws IOException {
    TensorDType dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "dtype" -> dtype = dtype(parser, name);
        case "shape" -> shape = numbers(parser, name);
        case "data_offsets" -> offsets = numbers(parser, name);
        default -> parser.skipChildren();
      }
    }
    return entry(name, dtype, shape, offsets);
  }

  private TensorInfo entry(
      String name,
      @Nullable TensorDType dtype,
      @Nullable List<Long> shape,
      @Nullable List<Long> offsets) {
    if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
      throw wrong(name, "dtype, shape and two data_offsets", "less");
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (begin > end || end > dataEnd - dataBegin) {
      throw wrong(
          name,
          "data_offsets inside the %d bytes of data".formatted(dataEnd - dataBegin),
          offsets.toString());
    }
    if (bytes(name, dtype, shape) != end - begin) {
      throw wrong(
          name,
          "%d bytes for %s %s".formatted(bytes(name, dtype, shape), dtype, shape),
          "data_offsets " + offsets);
    }
    return new TensorInfo(name, dtype, shape, dataBegin + begin, dataBegin + end);
  }

  private long bytes(String name, TensorDType dtype, List<Long> shape) {
    try {
      return shape.stream().reduce((long) dtype.bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw wrong(name, "a shape that fits the file", shape.toString());
    }
  }

  private TensorDType dtype(JsonParser parser, String name) throws IOException {
    try {
      return TensorDType.valueOf(parser.getText());
    } catch (IllegalArgumentException e) {
      throw wrong(name, "a dtype such as F32 or BF16", parser.getText());
    }
  }

  private List<Long> numbers(JsonParser parser, String name) throws IOException {
    List<Long> numbers = new ArrayList<>();
    expect(parser.currentToken(), JsonToken.START_ARRAY, name);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, name);
      if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          || parser.getLongValue() < 0
          || numbers.size() == MAX_RANK) {
        throw wrong(
            name,
            "at most %d numbers in 0..2^63 - 1 in shape and data_offsets".formatted(MAX_RANK),
            parser.getText());
      }
      numbers.add(parser.getLongValue());
    }
    return numbers;
  }

  private void checkCover(Map<String, TensorInfo> tensors) {
    List<TensorInfo> byPlace =
        tensors.values().stream()
            .sorted(Comparator.comparingLong(TensorInfo::begin).thenComparing(TensorInfo::end))
            .toList();
    long end = dataBegin;
    for (TensorInfo tensor : byPlace) {
      if (tensor.begin() != end) {
        throw wrong(
            tensor.name(),
            "data right after the tensor before it, at %d".formatted(end - dataBegin),
            "data_offsets from %d: a gap or an overlap".formatted(tensor.begin() - dataBegin));
      }
      end = tensor.end();
    }
    if (end != dataEnd) {
      throw wrong("header", "tensors up to the file's end", (dataEnd - end) + " bytes more");
    }
  }

  private void expect(@Nullable JsonToken got, JsonToken expected, String what) {
    if (got != expected) {
      throw wrong(what, "JSON " + expected, String.valueOf(got));
    }
  }

  private InvalidInputException wrong(String what, String expected, String got) {
    return new InvalidInputException(
        "%s: %s: expected %s, got %s; fetch the file again"
            .formatted(file, ForeignText.brief(what), expected, ForeignText.brief(got)));
  }
}

package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Where a Parquet file keeps image and label. The image is a struct column with a binary field
 * {@code bytes}, the label an integer column. If several would do, the first with a usual name is
 * taken: "image", "img"; "label", "labels", "fine_label".
 */
record ParquetColumns(String image, String label) {
  static final String BYTES = "bytes";

  private static final List<String> IMAGE_NAMES = List.of("image", "img");
  private static final List<String> LABEL_NAMES = List.of("label", "labels", "fine_label");

  /**
   * Finds both columns.
   *
   * @throws InvalidInputException if there is none, or no telling which of several
   */
  static ParquetColumns of(MessageType schema, String file) {
    return new ParquetColumns(
        choose(schema, ParquetColumns::isImage, IMAGE_NAMES, "struct column with bytes", file),
        choose(schema, ParquetColumns::isInteger, LABEL_NAMES, "integer column", file));
  }

  /** The part of the schema that holds the two. */
  MessageType projection(MessageType schema) {
    GroupType image = schema.getType(this.image).asGroupType();
    return new MessageType(
        schema.getName(), image.withNewFields(image.getType(BYTES)), schema.getType(label));
  }

  private static String choose(
      MessageType schema, Predicate<Type> fits, List<String> names, String what, String file) {
    List<String> found = schema.getFields().stream().filter(fits).map(Type::getName).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    return names.stream()
        .filter(found::contains)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: expected one %s, or one named %s, got %s; rename the column that is meant"
                        .formatted(
                            file,
                            what,
                            String.join(", ", names),
                            found.isEmpty() ? "none" : String.join(", ", found))));
  }

  private static boolean isImage(Type type) {
    return !type.isPrimitive()
        && !type.isRepetition(Type.Repetition.REPEATED)
        && type.asGroupType().containsField(BYTES)
        && isPrimitive(type.asGroupType().getType(BYTES), PrimitiveTypeName.BINARY);
  }

  private static boolean isInteger(Type type) {
    return isPrimitive(type, PrimitiveTypeName.INT32) || isPrimitive(type, PrimitiveTypeName.INT64);
  }

  private static boolean isPrimitive(Type type, PrimitiveTypeName name) {
    return type.isPrimitive()
        && !type.isRepetition(Type.Repetition.REPEATED)
        && type.asPrimitiveType().getPrimitiveTypeName() == name;
  }
}

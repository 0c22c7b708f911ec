package dev.pixelprobe.pipeline.features;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * The Parquet schema of a feature set. Lists have the three levels of the Parquet specification
 * (LogicalTypes, "Lists"), so that every other reader sees plain arrays.
 */
final class FeatureSchema {
  static final String ID = "id";
  static final String SPLIT = "split";
  static final String LABEL = "label";
  static final String NATS_PER_TOKEN = "nats_per_token";
  static final String TOKENS = "tokens";
  static final String PIXELS = "pixels";

  private FeatureSchema() {}

  static MessageType of(FeatureLayout layout) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    message.required(BINARY).as(stringType()).named(ID);
    message.required(BINARY).as(stringType()).named(SPLIT);
    message.required(INT32).named(LABEL);
    message.optional(FLOAT).named(NATS_PER_TOKEN);
    message.requiredList().requiredElement(INT32).named(TOKENS);
    message.requiredList().requiredElement(INT32).named(PIXELS);
    for (FeatureColumn column : layout.columns()) {
      message.requiredList().requiredElement(FLOAT).named(column.name());
    }
    return message.named("image_features");
  }

  /** Dotted path of the values of a list column. */
  static String elements(String list) {
    return list + ".list.element";
  }
}

package dev.pixelprobe.pipeline.data;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;

/**
 * The image and the label of a {@code tf.train.Example}, under the names of TensorFlow's own
 * converters ({@code image/encoded}, {@code image/class/label}) or of TensorFlow Datasets ({@code
 * image}, {@code label}).
 */
record ImageExample(ByteString encoded, long label) {
  private static final List<String> IMAGE_KEYS = List.of("image/encoded", "image");
  private static final List<String> LABEL_KEYS = List.of("image/class/label", "label");

  static ImageExample parse(byte[] record) throws UnreadableRecordException {
    Map<String, Feature> features = features(record);
    List<ByteString> image = find(features, IMAGE_KEYS).getBytesList().getValueList();
    List<Long> label = find(features, LABEL_KEYS).getInt64List().getValueList();
    return new ImageExample(single(image, IMAGE_KEYS), single(label, LABEL_KEYS));
  }

  /** The image alone, of a record that need not have a label. */
  static ByteString image(byte[] record) throws UnreadableRecordException {
    List<ByteString> image = find(features(record), IMAGE_KEYS).getBytesList().getValueList();
    return single(image, IMAGE_KEYS);
  }

  private static Map<String, Feature> features(byte[] record) throws UnreadableRecordException {
    try {
      return Example.parseFrom(record).getFeatures().getFeatureMap();
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableRecordException(
          "expected a tf.train.Example, got %d bytes of something else".formatted(record.length),
          e);
    }
  }

  private static Feature find(Map<String, Feature> features, List<String> keys)
      throws UnreadableRecordException {
    for (String key : keys) {
      Feature feature = features.get(key);
      if (feature != null) {
        return feature;
      }
    }
    throw new UnreadableRecordException(
        "expected feature %s, got %s"
            .formatted(
                String.join(" or ", keys),
                features.isEmpty() ? "none" : String.join(", ", features.keySet())));
  }

  private static <T> T single(List<T> values, List<String> keys) throws UnreadableRecordException {
    if (values.size() != 1) {
      throw new UnreadableRecordException(
          "feature %s: expected one value of the right type, got %d"
              .formatted(String.join(" or ", keys), values.size()));
    }
    return values.get(0);
  }
}

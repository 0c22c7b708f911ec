package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.LayerFeature;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FeatureSchemaTest {
  @Test
  void listsHaveTheThreeLevelsOfTheParquetSpecification() {
    FeatureLayout layout =
        FeatureLayout.of(
            List.of(LayerFeature.Kind.LN_1, LayerFeature.Kind.H), List.of(0, 12), 4, 2);

    assertThat(FeatureSchema.of(layout).toString())
        .isEqualTo(
            """
            message image_features {
              required binary id (STRING);
              required binary split (STRING);
              required int32 label;
              optional float nats_per_token;
              required group tokens (LIST) {
                repeated group list {
                  required int32 element;
                }
              }
              required group pixels (LIST) {
                repeated group list {
                  required int32 element;
                }
              }
              required group ln_1_0 (LIST) {
                repeated group list {
                  required float element;
                }
              }
              required group ln_1_12 (LIST) {
                repeated group list {
                  required float element;
                }
              }
              required group h_0 (LIST) {
                repeated group list {
                  required float element;
                }
              }
              required group h_12 (LIST) {
                repeated group list {
                  required float element;
                }
              }
            }
            """);
  }
}

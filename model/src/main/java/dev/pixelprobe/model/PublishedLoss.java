package dev.pixelprobe.model;

import java.util.List;
import java.util.Optional;

/**
 * The loss that the authors of Image GPT published for a model of this shape.
 *
 * @param model iGPT-S, iGPT-M or iGPT-L
 * @param natsPerToken mean cross-entropy of an autoregressive model, trained on ImageNet
 * @param dataset the images it was measured on
 * @param source who published it
 */
public record PublishedLoss(String model, double natsPerToken, String dataset, String source) {
  private static final int N_PX = 32;
  private static final int COLOURS = 512;

  /** One released size. */
  private record Size(String name, int nEmbd, int nLayer, int nHead, double natsPerToken) {
    boolean is(Architecture architecture) {
      return architecture.causal()
          && architecture.nPx() == N_PX
          && architecture.colours() == COLOURS
          && architecture.nEmbd() == nEmbd
          && architecture.nLayer() == nLayer
          && architecture.nHead() == nHead
          && architecture.nInner() == 4 * nEmbd;
    }
  }

  private static final List<Size> SIZES =
      List.of(
          new Size("iGPT-S", 512, 24, 8, 2.0895),
          new Size("iGPT-M", 1024, 36, 8, 2.0614),
          new Size("iGPT-L", 1536, 48, 16, 2.0466));

  /** The published loss of the released model of this shape; empty for any other. */
  public static Optional<PublishedLoss> of(Architecture architecture) {
    return SIZES.stream()
        .filter(size -> size.is(architecture))
        .map(
            size ->
                new PublishedLoss(
                    size.name(),
                    size.natsPerToken(),
                    "ImageNet 32x32 test",
                    "OpenAI, github.com/openai/image-gpt"))
        .findFirst();
  }
}

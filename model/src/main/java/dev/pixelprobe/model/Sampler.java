package dev.pixelprobe.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Draws images token by token. Each position enters the model once: the keys and values of earlier
 * ones are kept on the device while a batch is drawn, {@link #cacheBytes} for each image.
 *
 * <p>Thread-safe, one batch at a time: others wait. Several samplers of one model share its
 * weights. A sampler is closed with its model.
 */
public final class Sampler {
  private final Architecture architecture;
  private final StepGraph graph;

  /**
   * A sampler of an open model.
   *
   * @throws InvalidInputException if it does not predict each token from those before
   */
  public Sampler(ImageGpt model) {
    requireCausal(model.info());
    architecture = model.architecture();
    synchronized (model) { // nodes that two threads add at once may get the same name
      graph = new StepGraph(model.bundle().graph(), model.bundle().session(), architecture);
    }
  }

  /**
   * Fails unless images can be drawn from a model.
   *
   * @throws InvalidInputException if it does not predict each token from those before
   */
  public static void requireCausal(ModelInfo model) {
    if (!model.architecture().causal()) {
      throw new InvalidInputException(
          "model %s: expected objective %s to sample from, got %s; choose another model"
              .formatted(
                  model.name(),
                  Objective.AUTOREGRESSIVE.label(),
                  model.architecture().objective().label()));
    }
  }

  /** Float32 keys and values of all layers and positions of one image. */
  public static long cacheBytes(Architecture architecture) {
    long perPosition = 2L * architecture.nLayer() * architecture.nEmbd();
    return Float.BYTES * perPosition * architecture.positions();
  }

  /**
   * Draws one batch. An image depends on its index, its given tokens and the options alone, but for
   * floating point: in a batch of another size the logits differ by some 1e-6, so a token may
   * differ whose uniform number lies that near the border between two.
   *
   * @param starts at least one image; the same number of tokens is given in each
   * @param drawn is told, after each position, how many tokens have been drawn for it
   * @return the whole images, in the order of {@code starts}
   * @throws InvalidInputException if a given token is not one of the model's
   */
  public synchronized List<Tokens> draw(
      List<ImageStart> starts, SamplingOptions options, IntConsumer drawn) {
    Batch batch = new Batch(architecture, starts);
    TokenChoice choice = new TokenChoice(architecture.colours(), options);
    float[] logits = new float[starts.size() * architecture.colours()];
    graph.reset(starts.size());
    try {
      for (int position = 0; position < architecture.positions(); ) {
        int end = batch.endOfRun(position);
        graph.enter(batch.entering(position, end), position, logits);
        position = end;
        if (position > batch.given) {
          batch.choose(position - 1, logits, choice, options.seed());
          drawn.accept(starts.size());
        }
      }
    } finally {
      graph.reset(0);
    }
    return batch.images();
  }

  /** The tokens so far. The start token enters at position 0, token i at position i + 1. */
  private static final class Batch {
    private final Architecture architecture;
    private final List<ImageStart> starts;
    private final int given;
    private final short[][] tokens;

    Batch(Architecture architecture, List<ImageStart> starts) {
      this.architecture = architecture;
      this.starts = starts;
      this.given = starts.get(0).tokens().size();
      this.tokens = new short[starts.size()][];
      Arrays.setAll(tokens, image -> checked(image, starts.get(image).tokens()));
    }

    private short[] checked(int image, Tokens start) {
      int most = architecture.positions() - 1;
      if (start.size() != given || given > most) {
        throw new IllegalArgumentException(
            "image %d: expected %d given tokens, as in the first image and at most %d, got %d"
                .formatted(image, given, most, start.size()));
      }
      short[] values = Arrays.copyOf(start.toArray(), architecture.positions());
      for (int position = 0; position < given; position++) {
        if (values[position] < 0 || values[position] >= architecture.colours()) {
          throw new InvalidInputException(
              "given tokens of image %d, position %d: expected 0..%d, got %d; use this model's palette"
                  .formatted(image, position, architecture.colours() - 1, values[position]));
        }
      }
      return values;
    }

    /** What is given enters a chunk at a time, the rest one by one. */
    int endOfRun(int position) {
      int endOfChunk = (position / CachedAttention.CHUNK + 1) * CachedAttention.CHUNK;
      return position < given ? Math.min(endOfChunk, given + 1) : position + 1;
    }

    int[] entering(int begin, int end) {
      int count = end - begin;
      int[] ids = new int[tokens.length * count];
      for (int i = 0; i < ids.length; i++) {
        int position = begin + i % count;
        ids[i] = position == 0 ? architecture.sos() : tokens[i / count][position - 1];
      }
      return ids;
    }

    void choose(int position, float[] logits, TokenChoice choice, long seed) {
      for (int image = 0; image < tokens.length; image++) {
        double u = UniformNumbers.at(seed, starts.get(image).index(), position);
        tokens[image][position] = (short) choice.choose(logits, image * architecture.colours(), u);
      }
    }

    List<Tokens> images() {
      return Stream.of(tokens).map(Tokens::wrap).toList();
    }
  }
}

package dev.pixelprobe.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws images token by token. Each position enters the model once: the keys and values of earlier
 * ones are kept on the device while a batch is drawn, {@link #cacheBytes} for each image.
 *
 * <p>Thread-safe, one batch at a time: others wait. Several samplers of one model share its
 * weights. A sampler is closed with its model.
 */
public final class Sampler {
  /** On a CPU the images of a batch are dealt out to its threads, no fewer than these to each. */
  private static final int IMAGES_OF_A_LANE = 4;

  private final ImageGpt model;
  private final Architecture architecture;
  private final List<StepGraph> graphs = new ArrayList<>();

  /**
   * A sampler of an open model.
   *
   * @throws InvalidInputException if it does not predict each token from those before
   */
  public Sampler(ImageGpt model) {
    requireCausal(model.info());
    this.model = model;
    architecture = model.architecture();
    addGraphs(1);
  }

  private void addGraphs(int lanes) {
    synchronized (model) { // nodes that two threads add at once may get the same name
      while (graphs.size() < lanes) {
        graphs.add(new StepGraph(model));
      }
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
   * @param drawn is told, after each position, how many tokens have been drawn for it; by several
   *     threads
   * @return the whole images, in the order of {@code starts}
   * @throws InvalidInputException if a given token is not one of the model's
   */
  public synchronized List<Tokens> draw(
      List<ImageStart> starts, SamplingOptions options, IntConsumer drawn) {
    Batch batch = new Batch(architecture, starts);
    int lanes = Math.max(1, Math.min(model.lanes(), starts.size() / IMAGES_OF_A_LANE));
    addGraphs(lanes);
    List<Optional<RuntimeException>> failures =
        IntStream.range(0, lanes)
            .parallel()
            .mapToObj(lane -> failure(() -> drawLane(batch, lane, lanes, options, drawn)))
            .toList();
    failures.stream().flatMap(Optional::stream).findFirst().ifPresent(Sampler::rethrow);
    return batch.images();
  }

  /** A lane that fails does not end before the others: the caches are theirs until they end. */
  private static Optional<RuntimeException> failure(Runnable lane) {
    try {
      lane.run();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  private static void rethrow(RuntimeException failure) {
    throw failure;
  }

  private void drawLane(
      Batch whole, int lane, int lanes, SamplingOptions options, IntConsumer drawn) {
    int images = whole.tokens.length;
    Batch batch = whole.part(images * lane / lanes, images * (lane + 1) / lanes);
    StepGraph graph = graphs.get(lane);
    TokenChoice choice = new TokenChoice(architecture.colours(), options);
    float[] logits = new float[batch.tokens.length * architecture.colours()];
    graph.reset(batch.tokens.length);
    try {
      for (int position = 0; position < architecture.positions(); ) {
        int end = batch.endOfRun(position);
        graph.enter(batch.entering(position, end), position, logits);
        position = end;
        if (position > batch.given) {
          batch.choose(position - 1, logits, choice, options.seed());
          drawn.accept(batch.tokens.length);
        }
      }
    } finally {
      graph.reset(0);
    }
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

    private Batch(Batch whole, int from, int to) {
      this.architecture = whole.architecture;
      this.starts = whole.starts.subList(from, to);
      this.given = whole.given;
      this.tokens = Arrays.copyOfRange(whole.tokens, from, to);
    }

    /** Some of the images; what is chosen for them is chosen for the whole. */
    Batch part(int from, int to) {
      return new Batch(this, from, to);
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

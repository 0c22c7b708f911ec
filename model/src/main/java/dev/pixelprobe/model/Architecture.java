package dev.pixelprobe.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The shape of one Image GPT (Chen et al. 2020, Generative Pretraining from Pixels): everything the
 * graph needs to know but the weights.
 *
 * @param nPx side of the square image, in pixels; the model reads {@code nPx * nPx} tokens
 * @param nEmbd width d of the residual stream
 * @param nLayer number of blocks
 * @param nHead attention heads, each {@code nEmbd / nHead} wide
 * @param nInner width of the MLP's hidden layer, usually {@code 4 * nEmbd}
 * @param colours size of the palette; the start token's id is this number
 * @param epsilon added to the mean square under each norm's root
 * @param objective what it was trained to do; where a file does not say, autoregressive
 */
public record Architecture(
    int nPx,
    int nEmbd,
    int nLayer,
    int nHead,
    int nInner,
    int colours,
    double epsilon,
    Objective objective) {
  /** Bounds far above every published size; they keep a damaged file from asking for all memory. */
  public static final int MAX_N_PX = 1024;

  public static final int MAX_WIDTH = 1 << 16;
  public static final int MAX_LAYERS = 1024;

  public Architecture {
    check("nPx", nPx, MAX_N_PX);
    check("nEmbd", nEmbd, MAX_WIDTH);
    check("nLayer", nLayer, MAX_LAYERS);
    check("nHead", nHead, nEmbd);
    check("nInner", nInner, MAX_WIDTH);
    check("colours", colours, Short.MAX_VALUE);
    if (nEmbd % nHead != 0) {
      throw new IllegalArgumentException(
          "nEmbd: expected a multiple of nHead %d, got %d".formatted(nHead, nEmbd));
    }
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new IllegalArgumentException("epsilon: expected in (0, 1), got " + epsilon);
    }
    objective = Objects.requireNonNullElse(objective, Objective.AUTOREGRESSIVE);
  }

  /** An autoregressive model. */
  public Architecture(
      int nPx, int nEmbd, int nLayer, int nHead, int nInner, int colours, double epsilon) {
    this(nPx, nEmbd, nLayer, nHead, nInner, colours, epsilon, Objective.AUTOREGRESSIVE);
  }

  /** The same but for what it was trained to do. */
  public Architecture withObjective(Objective other) {
    return new Architecture(nPx, nEmbd, nLayer, nHead, nInner, colours, epsilon, other);
  }

  /** Whether it has a start token and looks back only; a BERT model does neither. */
  public boolean causal() {
    return objective == Objective.AUTOREGRESSIVE;
  }

  private static void check(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException("%s: expected 1..%d, got %d".formatted(name, max, value));
    }
  }

  /** Sequence length N, in tokens. */
  public int positions() {
    return nPx * nPx;
  }

  /** Id of the start token: the last row of {@code wte}, which a BERT model has not. */
  public int sos() {
    return colours;
  }

  /** What a reading comes to: where no start token is, there is only one. */
  public InputReading effective(InputReading reading) {
    return causal() ? reading : InputReading.SOS;
  }

  /** How many ids tokens may have: in the hf reading the start token is one of them. */
  public int ids(InputReading reading) {
    return effective(reading) == InputReading.HF ? colours + 1 : colours;
  }

  private int embeddings() {
    return causal() ? colours + 1 : colours;
  }

  /**
   * Every weight's name and shape, in the order of the forward pass. Linear weights are [in, out];
   * {@code c_attn} holds q | k | v; the last row of {@code wte} is the start token, but for BERT.
   */
  public Map<String, long[]> tensorShapes() {
    long d = nEmbd;
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("wte", new long[] {embeddings(), d});
    shapes.put("wpe", new long[] {positions(), d});
    for (int layer = 0; layer < nLayer; layer++) {
      String h = "h" + layer;
      shapes.put(h + "/ln_1", new long[] {d});
      putLinear(shapes, h + "/attn/c_attn", d, 3 * d);
      putLinear(shapes, h + "/attn/c_proj", d, d);
      shapes.put(h + "/ln_2", new long[] {d});
      putLinear(shapes, h + "/mlp/c_fc", d, nInner);
      putLinear(shapes, h + "/mlp/c_proj", nInner, d);
    }
    shapes.put("ln_f", new long[] {d});
    shapes.put("head", new long[] {colours, d});
    return shapes;
  }

  /** How many weights there are, counted as the published models are: without biases. */
  public long parameters() {
    return tensorShapes().entrySet().stream()
        .filter(tensor -> !tensor.getKey().endsWith("/b"))
        .mapToLong(tensor -> Arrays.stream(tensor.getValue()).reduce(1, Math::multiplyExact))
        .sum();
  }

  private static void putLinear(Map<String, long[]> shapes, String name, long in, long out) {
    shapes.put(name + "/w", new long[] {in, out});
    shapes.put(name + "/b", new long[] {out});
  }
}

package dev.pixelprobe.model.checkpoint;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Objective;
import dev.pixelprobe.model.checkpoint.tensor.Tensors;
import java.util.List;

/** What the shapes of OpenAI's variables say of the model, every one of them checked. */
final class OpenAiShapes {
  private static final String ADVICE = "the variables must be those of one Image GPT";

  private final Tensors variables;

  OpenAiShapes(Tensors variables) {
    this.variables = variables;
  }

  /**
   * The one architecture with these shapes.
   *
   * @throws InvalidInputException if there is none
   */
  Architecture architecture(Objective objective, double epsilon) {
    List<Long> wpe = shape("model/wpe", 2);
    List<Long> wte = shape("model/wte", 2);
    List<Long> queries = shape("model/h0/attn/q_proj", 3);
    List<Long> inner = shape("model/h0/mlp/c_fc/w", 2);
    requireStartToken(objective);
    int nEmbd = size("model/wpe", wpe.get(1), Architecture.MAX_WIDTH);
    int nHead = size("model/h0/attn/q_proj", queries.get(0), nEmbd);
    if (nEmbd % nHead != 0) {
      throw wrong("model/h0/attn/q_proj", "heads that divide the width " + nEmbd, queries);
    }
    Architecture architecture =
        new Architecture(
            nPx(wpe),
            nEmbd,
            layers(),
            nHead,
            size("model/h0/mlp/c_fc/w", inner.get(1), Architecture.MAX_WIDTH),
            size("model/wte", wte.get(0), Short.MAX_VALUE),
            epsilon,
            objective);
    check(architecture);
    return architecture;
  }

  /** A BERT model's has no part in it, and is passed over where a checkpoint has one. */
  private void requireStartToken(Objective objective) {
    if (objective == Objective.AUTOREGRESSIVE && !variables.names().contains("model/sos")) {
      throw new InvalidInputException(
          "%s: model/sos: expected a start token, got none; if it is a BERT model, pass --objective bert"
              .formatted(variables.file()));
    }
  }

  private int nPx(List<Long> wpe) {
    int max = Architecture.MAX_N_PX * Architecture.MAX_N_PX;
    int positions = size("model/wpe", wpe.get(0), max);
    int nPx = (int) Math.sqrt(positions);
    if (nPx * nPx != positions) {
      throw wrong("model/wpe", "a square number of positions", wpe);
    }
    return nPx;
  }

  private int layers() {
    int layers = 0;
    while (variables.names().contains("model/h" + layers + "/ln_1/g")) {
      layers++;
    }
    return size("model/h*/ln_1/g", layers, Architecture.MAX_LAYERS);
  }

  private void check(Architecture a) {
    long d = a.nEmbd();
    List<Long> byHead = List.of((long) a.nHead(), d / a.nHead(), d);
    require("wte", (long) a.colours(), d);
    require("wtet", (long) a.colours(), d);
    if (a.causal()) {
      require("sos", d);
    }
    for (int layer = 0; layer < a.nLayer(); layer++) {
      String h = "h" + layer;
      for (String projection : List.of("q_proj", "k_proj", "v_proj", "c_proj")) {
        require("model/" + h + "/attn/" + projection, byHead);
      }
      require(h + "/ln_1/g", d);
      require(h + "/ln_2/g", d);
      require(h + "/mlp/c_fc/w", d, (long) a.nInner());
      require(h + "/mlp/c_proj/w", (long) a.nInner(), d);
    }
    require("ln_f/g", d);
  }

  private void require(String name, Long... shape) {
    require("model/" + name, List.of(shape));
  }

  private void require(String name, List<Long> shape) {
    shape(name, shape.size());
    variables.requireShape(name, shape, ADVICE);
  }

  private List<Long> shape(String name, int rank) {
    if (!variables.names().contains(name)) {
      throw new InvalidInputException(
          "%s: expected a variable %s, got none; only checkpoints of OpenAI's image-gpt are read"
              .formatted(variables.file(), name));
    }
    List<Long> shape = variables.shape(name);
    if (shape.size() != rank) {
      throw wrong(name, "%d axes".formatted(rank), shape);
    }
    return shape;
  }

  private int size(String name, long size, int max) {
    if (size < 1 || size > max) {
      throw wrong(name, "1..%d".formatted(max), List.of(size));
    }
    return (int) size;
  }

  private InvalidInputException wrong(String name, String expected, List<Long> got) {
    return new InvalidInputException(
        "%s: %s: expected %s, got %s; %s".formatted(variables.file(), name, expected, got, ADVICE));
  }
}

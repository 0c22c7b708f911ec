package dev.pixelprobe.model.checkpoint;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Objective;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.checkpoint.bundle.TensorBundle;
import dev.pixelprobe.model.checkpoint.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A checkpoint that OpenAI's code wrote (github.com/openai/image-gpt): TensorFlow variables under
 * {@code model/}, from whose shapes the architecture follows. There are no biases. The optimizer's
 * slots, counters and the classifier are not read.
 */
public final class OpenAiCheckpoint implements Checkpoint {
  private static final double EPSILON = 1e-5;
  private static final Pattern OURS = Pattern.compile("h(\\d+)/(attn|mlp)/(c_\\w+)/([wb])");

  private final Tensors variables;
  private final Architecture architecture;

  private OpenAiCheckpoint(Tensors variables, Architecture architecture) {
    this.variables = variables;
    this.architecture = architecture;
  }

  /**
   * Opens the checkpoint.
   *
   * @param prefix the path of its index without {@code .index}
   * @throws InvalidInputException if files are missing or damaged, or the variables are not those
   *     of an Image GPT
   */
  public static OpenAiCheckpoint open(Path prefix, Objective objective) throws IOException {
    Tensors variables = TensorBundle.open(prefix);
    try {
      Architecture architecture = new OpenAiShapes(variables).architecture(objective, EPSILON);
      return new OpenAiCheckpoint(variables, architecture);
    } catch (RuntimeException e) {
      variables.close();
      throw e;
    }
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public Resample resample() {
    return Resample.BILINEAR;
  }

  /** None: OpenAI publishes its palette as a file of its own. */
  @Override
  public Optional<Palette> palette() {
    return Optional.empty();
  }

  /** None: OpenAI's models have no biases, so none are missing. */
  @Override
  public List<String> absentBiases() {
    return List.of();
  }

  @Override
  public float[] tensor(String name, long... expectedShape) throws IOException {
    Matcher linear = OURS.matcher(name);
    if (linear.matches()) {
      return linear.group(4).equals("b")
          ? new float[Math.toIntExact(expectedShape[0])]
          : linear("model/h" + linear.group(1) + "/" + linear.group(2), linear.group(3));
    }
    return switch (name) {
      case "wte" -> architecture.causal() ? join("model/wte", "model/sos") : read("model/wte");
      case "wpe" -> read("model/wpe");
      case "head" -> read("model/wtet");
      default -> read("model/" + name + "/g");
    };
  }

  private float[] linear(String scope, String layer) throws IOException {
    if (layer.equals("c_attn")) {
      return queriesKeysValues(scope);
    }
    // attn/c_proj is [heads, d / heads, d] and acts as einsum("bhse,hef->bsf"): rows in order.
    return scope.endsWith("attn") ? read(scope + "/c_proj") : read(scope + "/" + layer + "/w");
  }

  /** {@code q_proj} [heads, d / heads, d] acts as einsum("bsf,hef->bhse"): [out, in], by rows. */
  private float[] queriesKeysValues(String scope) throws IOException {
    int d = architecture.nEmbd();
    float[] joined = new float[Math.toIntExact(3L * d * d)];
    int part = 0;
    for (String name : List.of("q_proj", "k_proj", "v_proj")) {
      float[] outByIn = read(scope + "/" + name);
      for (int out = 0; out < d; out++) {
        for (int in = 0; in < d; in++) {
          joined[(in * 3 + part) * d + out] = outByIn[out * d + in];
        }
      }
      part++;
    }
    return joined;
  }

  private float[] join(String first, String second) throws IOException {
    float[] head = read(first);
    float[] tail = read(second);
    float[] joined = new float[Math.addExact(head.length, tail.length)];
    System.arraycopy(head, 0, joined, 0, head.length);
    System.arraycopy(tail, 0, joined, head.length, tail.length);
    return joined;
  }

  private float[] read(String variable) throws IOException {
    return variables.readFinite(variable);
  }

  @Override
  public void close() throws IOException {
    variables.close();
  }
}

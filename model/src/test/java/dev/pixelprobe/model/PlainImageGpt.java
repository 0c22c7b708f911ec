package dev.pixelprobe.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Image GPT as its paper writes it, one image at a time, in plain loops and float64. */
final class PlainImageGpt {
  private final Architecture architecture;
  private final Weights weights;

  PlainImageGpt(Architecture architecture, Weights weights) {
    this.architecture = architecture;
    this.weights = weights;
  }

  /** Mean over positions of {@code ln_1} of every layer: [n_layer + 1][d]. */
  List<double[]> pooledLn1(int[] entered) throws IOException {
    List<double[]> pooled = new ArrayList<>();
    for (double[][] normed : normedOfEveryLayer(entered, new float[entered.length])) {
      pooled.add(mean(normed));
    }
    return pooled;
  }

  /**
   * OpenAI's BERT loss of one image: mean cross-entropy of the tokens where {@code hidden} is 1.
   */
  double natsOfHidden(int[] tokens, float[] hidden) throws IOException {
    List<double[][]> layers = normedOfEveryLayer(tokens, hidden);
    double[][] last = layers.get(layers.size() - 1);
    float[] head = weight("head");
    int d = architecture.nEmbd();
    double nats = 0;
    int count = 0;
    for (int n = 0; n < tokens.length; n++) {
      if (hidden[n] == 1) {
        double sum = 0;
        double ofToken = 0;
        for (int colour = 0; colour < architecture.colours(); colour++) {
          double logit = 0;
          for (int i = 0; i < d; i++) {
            logit += last[n][i] * head[colour * d + i];
          }
          sum += Math.exp(logit);
          ofToken = colour == tokens[n] ? logit : ofToken;
        }
        nats += Math.log(sum) - ofToken;
        count++;
      }
    }
    return nats / count;
  }

  private List<double[][]> normedOfEveryLayer(int[] entered, float[] hidden) throws IOException {
    List<double[][]> all = new ArrayList<>();
    double[][] h = embed(entered, hidden);
    for (int layer = 0; layer < architecture.nLayer(); layer++) {
      String block = "h" + layer;
      double[][] normed = norm(h, block + "/ln_1");
      all.add(normed);
      add(h, linear(attend(linear(normed, block + "/attn/c_attn")), block + "/attn/c_proj"));
      double[][] inner = linear(norm(h, block + "/ln_2"), block + "/mlp/c_fc");
      for (double[] row : inner) {
        Arrays.setAll(row, i -> row[i] / (1 + Math.exp(-1.702 * row[i])));
      }
      add(h, linear(inner, block + "/mlp/c_proj"));
    }
    all.add(norm(h, "ln_f"));
    return all;
  }

  private double[][] embed(int[] entered, float[] hidden) throws IOException {
    float[] wte = weight("wte");
    float[] wpe = weight("wpe");
    int d = architecture.nEmbd();
    double[][] h = new double[entered.length][d];
    for (int n = 0; n < entered.length; n++) {
      for (int i = 0; i < d; i++) {
        h[n][i] = (1.0 - hidden[n]) * wte[entered[n] * d + i] + wpe[n * d + i];
      }
    }
    return h;
  }

  private double[][] norm(double[][] x, String gain) throws IOException {
    float[] g = weight(gain);
    double[][] normed = new double[x.length][];
    for (int n = 0; n < x.length; n++) {
      double[] row = x[n];
      double meanSquare = Arrays.stream(row).map(v -> v * v).average().orElseThrow();
      double scale = 1 / Math.sqrt(meanSquare + architecture.epsilon());
      normed[n] = new double[row.length];
      Arrays.setAll(normed[n], i -> row[i] * scale * g[i]);
    }
    return normed;
  }

  private double[][] linear(double[][] x, String scope) throws IOException {
    float[] w = weight(scope + "/w");
    float[] b = weight(scope + "/b");
    double[][] y = new double[x.length][b.length];
    for (int n = 0; n < x.length; n++) {
      for (int j = 0; j < b.length; j++) {
        y[n][j] = b[j];
        for (int i = 0; i < x[n].length; i++) {
          y[n][j] += x[n][i] * w[i * b.length + j];
        }
      }
    }
    return y;
  }

  private double[][] attend(double[][] qkv) {
    int d = architecture.nEmbd();
    int width = d / architecture.nHead();
    double[][] mixed = new double[qkv.length][d];
    for (int begin = 0; begin < d; begin += width) {
      for (int query = 0; query < qkv.length; query++) {
        int seen = architecture.causal() ? query + 1 : qkv.length;
        double[] attention = new double[seen];
        for (int key = 0; key < seen; key++) {
          double score = 0;
          for (int i = begin; i < begin + width; i++) {
            score += qkv[query][i] * qkv[key][d + i];
          }
          attention[key] = Math.exp(score / Math.sqrt(width));
        }
        double sum = Arrays.stream(attention).sum();
        for (int key = 0; key < seen; key++) {
          for (int i = begin; i < begin + width; i++) {
            mixed[query][i] += attention[key] / sum * qkv[key][2 * d + i];
          }
        }
      }
    }
    return mixed;
  }

  private static void add(double[][] h, double[][] delta) {
    for (int n = 0; n < h.length; n++) {
      for (int i = 0; i < h[n].length; i++) {
        h[n][i] += delta[n][i];
      }
    }
  }

  private static double[] mean(double[][] x) {
    double[] mean = new double[x[0].length];
    for (double[] row : x) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / x.length;
      }
    }
    return mean;
  }

  private float[] weight(String name) throws IOException {
    long[] shape = architecture.tensorShapes().get(name);
    if (shape == null) {
      throw new IllegalArgumentException(name);
    }
    return weights.tensor(name, shape);
  }
}

package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.Device;
import dev.pixelprobe.model.Devices;
import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.MatrixPeak;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.RandomModel;
import dev.pixelprobe.model.SessionOptions;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.benchmark.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/**
 * Extraction on a device: features against the CPU's in float32, images per second for each size of
 * batch beside the fastest matrix product of the same process, and what becomes of a batch that the
 * device has no memory for. Run it by {@code bench/gpu.sh}.
 */
final class BenchmarkDevice {
  /** In float32 for products in TF32, which keep 10 bits of a number; those in bfloat16 keep 7. */
  private static final Map<Precision, Double> BOUND =
      new EnumMap<>(Map.of(Precision.F32, 1e-2, Precision.BF16, 2e-2));

  private final Sizes sizes;
  private final SessionOptions options;
  private final Path model;
  private final List<Tokens> images;
  private final ForwardPass.Query query;
  private final double flops;
  private boolean failed;

  private BenchmarkDevice(Sizes sizes, SessionOptions options, Path model) {
    this.sizes = sizes;
    this.options = options;
    this.model = model;
    RandomModel random = new RandomModel(sizes.architecture);
    this.images = random.images(sizes.tooMany);
    this.query = random.query();
    this.flops = random.flops();
  }

  /**
   * How much is measured.
   *
   * @param compared images whose features the CPU computes too
   * @param batches sizes that are timed
   * @param tooMany images that no memory is expected for
   * @param matrix side of the matrices
   */
  private record Sizes(
      Architecture architecture,
      int compared,
      List<Integer> batches,
      int tooMany,
      int matrix,
      double seconds) {
    /** iGPT-S; 1000 images are as many as TensorFlow's kernels can count the numbers of. */
    static final Sizes IGPT_S =
        new Sizes(
            new Architecture(32, 512, 24, 8, 2048, 512, 1e-5),
            8,
            List.of(1, 4, 16, 32, 64, 128, 256),
            1000,
            8192,
            3);

    /** What features from the middle of iGPT-L need: half of its 48 blocks. */
    static final Sizes IGPT_L_MIDDLE =
        new Sizes(
            new Architecture(32, 1536, 24, 16, 6144, 512, 1e-5),
            2,
            List.of(1, 4, 8, 16, 32, 64),
            500,
            8192,
            3);

    static final Sizes OF_CPU =
        new Sizes(new Architecture(8, 64, 2, 2, 256, 16, 1e-5), 8, List.of(1, 4, 16), 64, 512, 0.2);

    static List<Sizes> of(Device device) {
      return device == Device.GPU ? List.of(IGPT_S, IGPT_L_MIDDLE) : List.of(OF_CPU);
    }
  }

  public static void main(String[] args) throws IOException {
    Device device = Device.valueOf(args[0].toUpperCase(Locale.ROOT));
    int threads = Runtime.getRuntime().availableProcessors();
    SessionOptions options =
        new SessionOptions(threads, device, "", true, Double.parseDouble(args[2]));
    try {
      Devices.onGpu(options);
    } catch (IOException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(3);
    }
    boolean failed = false;
    for (Sizes sizes : Sizes.of(device)) {
      Path model = Path.of(args[1], "model-" + sizes.architecture.nEmbd());
      new RandomModel(sizes.architecture).write(model);
      BenchmarkDevice benchmark = new BenchmarkDevice(sizes, options, model);
      benchmark.run();
      failed |= benchmark.failed;
    }
    System.exit(failed ? 1 : 0);
  }

  private void run() throws IOException {
    Architecture a = sizes.architecture;
    System.out.printf(
        "%n%s, %d cores; %d layers of width %d, %d positions, random weights%n%n",
        options.device() == Device.GPU ? Platform.gpu() : "CPU",
        options.threads(),
        a.nLayer(),
        a.nEmbd(),
        a.positions());
    System.out.println("what         precision   batch       value  unit           of matrix peak");
    List<float[]> expected = new ArrayList<>();
    SessionOptions onCpu = new SessionOptions(options.threads(), Device.CPU, "", true, 0);
    try (ImageGpt gpt = ImageGpt.open(model, Precision.F32, onCpu)) {
      expected.addAll(features(gpt, images.subList(0, sizes.compared)));
    }
    for (Precision precision : Precision.values()) {
      double peak = MatrixPeak.of(options, precision, sizes.matrix, sizes.seconds);
      print("matrix", precision, sizes.matrix, peak / 1e12, "TFLOP/s", 1);
      try (ImageGpt gpt = ImageGpt.open(model, precision, options)) {
        compare(
            features(gpt, images.subList(0, sizes.compared)), expected, precision, sizes.compared);
        for (int batch : sizes.batches) {
          time(gpt, precision, batch, peak);
        }
        backOff(gpt, precision, expected);
      }
    }
  }

  /** XLA compiles for a size of batch when it sees it a second time. */
  private void time(ImageGpt gpt, Precision precision, int batch, double peak) {
    List<Tokens> part = images.subList(0, batch);
    try {
      features(gpt, part);
      features(gpt, part);
      int runs = 0;
      long begin = System.nanoTime();
      double seconds;
      do {
        features(gpt, part);
        runs++;
        seconds = (System.nanoTime() - begin) / 1e9;
      } while (seconds < sizes.seconds);
      double rate = runs * batch / seconds;
      print("features", precision, batch, rate, "images/s", rate * flops / peak);
    } catch (TFResourceExhaustedException e) {
      print("features", precision, batch, 0, "no memory", 0);
    }
  }

  /** More images than fit at once; a CPU, whose memory nothing bounds, only pretends. */
  private void backOff(ImageGpt gpt, Precision precision, List<float[]> expected)
      throws IOException {
    MemoryBackOff memory = new MemoryBackOff("benchmark");
    int most = options.device() == Device.GPU ? Integer.MAX_VALUE : sizes.tooMany / 4;
    long begin = System.nanoTime();
    List<float[]> found =
        memory.run(
            images,
            part -> {
              if (part.size() > most) {
                throw new TFResourceExhaustedException("pretended");
              }
              return features(gpt, part);
            });
    double rate = images.size() / ((System.nanoTime() - begin) / 1e9);
    print("halved to", precision, images.size(), memory.largest(), "images at once", 0);
    print("halved", precision, images.size(), rate, "images/s, halving included", 0);
    failed |= found.size() != images.size() || memory.largest() >= images.size();
    compare(found.subList(0, sizes.compared), expected, precision, images.size());
  }

  /** The largest difference relative to the largest number of an image's vectors. */
  private void compare(
      List<float[]> found, List<float[]> expected, Precision precision, int batch) {
    double worst = 0;
    for (int image = 0; image < expected.size(); image++) {
      double largest = 0;
      double difference = 0;
      for (int i = 0; i < expected.get(image).length; i++) {
        largest = Math.max(largest, Math.abs(expected.get(image)[i]));
        difference = Math.max(difference, Math.abs(expected.get(image)[i] - found.get(image)[i]));
      }
      worst = Math.max(worst, difference / largest);
    }
    boolean far = !(worst <= BOUND.getOrDefault(precision, 0.0));
    failed |= far;
    print("parity", precision, batch, worst, far ? "TOO FAR FROM CPU" : "off the CPU's f32", 0);
  }

  private static void print(
      String what, Precision precision, int batch, double value, String unit, double share) {
    String number = value >= 0.1 || value == 0 ? "%,11.1f" : "%11.1e";
    System.out.printf(
        Locale.ROOT,
        "%-12s %-9s %7d " + number + "  %-14s %s%n",
        what,
        precision.label(),
        batch,
        value,
        unit,
        share == 0 ? "" : String.format(Locale.ROOT, "%5.1f %%", 100 * share));
  }

  private List<float[]> features(ImageGpt gpt, List<Tokens> batch) {
    ForwardPass pass = gpt.run(batch, query);
    int width = sizes.architecture.nEmbd();
    List<float[]> vectors = new ArrayList<>();
    for (int image = 0; image < batch.size(); image++) {
      float[] all = new float[query.features().size() * width];
      for (int column = 0; column < query.features().size(); column++) {
        System.arraycopy(pass.feature(column, image), 0, all, column * width, width);
      }
      vectors.add(all);
    }
    return vectors;
  }
}

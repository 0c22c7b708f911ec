package dev.pixelprobe.model;

import dev.pixelprobe.model.checkpoint.BundledModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Sampling with a cache against the whole forward pass for every token, on the bundled model, in
 * turns. Both must draw the same tokens. Run it by {@code bench/sampling.sh}.
 */
final class BenchmarkSampling {
  private static final int BATCH = 64;
  private static final int ROUNDS = 5;

  /** Positions of the naive sampler that are timed, at the end of the image; all cost the same. */
  private static final int NAIVE_POSITIONS = 2;

  private final Sampler sampler;
  private final NaiveSampler naive;
  private final int positions;

  private BenchmarkSampling(ImageGpt model) {
    sampler = new Sampler(model);
    naive = new NaiveSampler(model);
    positions = model.architecture().positions();
  }

  public static void main(String[] args) throws IOException {
    Path dir = Path.of(args[0]);
    BundledModels.install(BundledModels.IGPT_XS_16PX, dir);
    int threads = Runtime.getRuntime().availableProcessors();
    try (ImageGpt model = ImageGpt.open(dir, threads)) {
      System.out.printf(
          "%s, batch %d, float32, %d threads; naive: %d of %d positions a round%n%n",
          model.info().name(), BATCH, threads, NAIVE_POSITIONS, model.architecture().positions());
      new BenchmarkSampling(model).compare();
    }
  }

  private void compare() {
    List<ImageStart> starts = LongStream.range(0, BATCH).mapToObj(ImageStart::empty).toList();
    List<Tokens> images = sampler.draw(starts, SamplingOptions.DEFAULT, drawn -> {});
    check(starts, images);
    List<Double> cached = new ArrayList<>();
    List<Double> whole = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      cached.add(rate(positions, () -> sampler.draw(starts, SamplingOptions.DEFAULT, drawn -> {})));
      whole.add(rate(NAIVE_POSITIONS, () -> drawEnds(starts, images)));
    }
    System.out.println("tokens per second          median    lowest   highest");
    print("cached", cached, 0);
    print("whole forward pass", whole, 1);
    List<Double> ratios =
        IntStream.range(0, ROUNDS).mapToObj(i -> cached.get(i) / whole.get(i)).toList();
    print("ratio, round by round", ratios, 1);
  }

  /** Fails unless the tokens are the same, but for ties; this is also the warm-up. */
  private void check(List<ImageStart> starts, List<Tokens> images) {
    List<Tokens> naively = drawEnds(starts, images);
    FloatTies.assertSame(images, naively, ends(starts, images), SamplingOptions.DEFAULT, naive);
    long same = IntStream.range(0, BATCH).filter(i -> images.get(i).equals(naively.get(i))).count();
    System.out.printf(
        "check: the last %d tokens are the same in %d of %d images%n%n",
        NAIVE_POSITIONS, same, BATCH);
  }

  private List<Tokens> drawEnds(List<ImageStart> starts, List<Tokens> images) {
    return naive.draw(ends(starts, images), SamplingOptions.DEFAULT, positions);
  }

  private List<ImageStart> ends(List<ImageStart> starts, List<Tokens> images) {
    List<ImageStart> ends = new ArrayList<>();
    for (int image = 0; image < BATCH; image++) {
      short[] given = Arrays.copyOf(images.get(image).toArray(), positions - NAIVE_POSITIONS);
      ends.add(new ImageStart(starts.get(image).index(), Tokens.wrap(given)));
    }
    return ends;
  }

  private static double rate(int drawnPositions, Runnable body) {
    long begin = System.nanoTime();
    body.run();
    return BATCH * drawnPositions / ((System.nanoTime() - begin) / 1e9);
  }

  private static void print(String what, List<Double> values, int decimals) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    String number = "%,10." + decimals + "f";
    System.out.printf(
        Locale.ROOT,
        "%-22s " + number + number + number + "%n",
        what,
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }
}

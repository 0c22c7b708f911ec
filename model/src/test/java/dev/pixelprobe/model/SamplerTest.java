package dev.pixelprobe.model;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.model.checkpoint.BundledModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
  /** 49 positions: one whole chunk of the cache and a part of another. */
  private static final Architecture ARCHITECTURE = new Architecture(7, 24, 3, 3, 40, 20, 1e-5);

  private static final SamplingOptions GREEDY = new SamplingOptions(0, 0, 1, 0);

  @TempDir static Path dir;
  private static ImageGpt model;
  private static Sampler sampler;
  private static NaiveSampler naive;

  @BeforeAll
  static void open() throws IOException {
    model = ImageGpt.open(write(ARCHITECTURE, "model"), 2);
    sampler = new Sampler(model);
    naive = new NaiveSampler(model);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 31, 32, 33, 48})
  void greedyImagesAreThoseOfTheFullForwardPass(int given) {
    List<ImageStart> starts = starts(3, given);

    assertThat(sampler.draw(starts, GREEDY, drawn -> {}))
        .isEqualTo(naive.draw(starts, GREEDY, ARCHITECTURE.positions()));
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 1", "1, 5, 1", "0.7, 0, 0.9", "1.3, 8, 0.8"})
  void sampledImagesAreThoseOfTheFullForwardPass(double temperature, int topK, double topP) {
    SamplingOptions options = new SamplingOptions(temperature, topK, topP, 11);
    List<ImageStart> starts = starts(8, 0);

    List<Tokens> drawn = sampler.draw(starts, options, count -> {});

    List<Tokens> expected = naive.draw(starts, options, ARCHITECTURE.positions());
    FloatTies.assertSame(drawn, expected, starts, options, naive);
    assertThat(drawn.stream().distinct()).hasSize(8);
  }

  @Test
  void theBundledModelsLastRowIsThatOfTheFullForwardPass() throws IOException {
    Path installed = dir.resolve("bundled");
    BundledModels.install(BundledModels.IGPT_XS_16PX, installed);
    try (ImageGpt gpt = ImageGpt.open(installed, 2)) {
      NaiveSampler plain = new NaiveSampler(gpt);
      List<ImageStart> starts =
          new Sampler(gpt)
              .draw(indices(0, 3), SamplingOptions.DEFAULT, count -> {}).stream()
                  .map(image -> new ImageStart(5, Tokens.wrap(Arrays.copyOf(image.toArray(), 240))))
                  .toList();
      for (SamplingOptions options : List.of(GREEDY, SamplingOptions.DEFAULT)) {
        List<Tokens> drawn = new Sampler(gpt).draw(starts, options, count -> {});

        FloatTies.assertSame(drawn, plain.draw(starts, options, 256), starts, options, plain);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void anImageIsTheSameInABatchOfAnySize(int batch) {
    SamplingOptions options = SamplingOptions.DEFAULT;
    List<ImageStart> starts = indices(100, 16);
    List<Tokens> together = sampler.draw(starts, options, count -> {});

    List<Tokens> apart = new ArrayList<>();
    for (int begin = 0; begin < 16; begin += batch) {
      List<ImageStart> part = starts.subList(begin, Math.min(begin + batch, 16));
      apart.addAll(sampler.draw(part, options, count -> {}));
    }

    FloatTies.assertSame(apart, together, starts, options, naive);
  }

  @Test
  void aRepeatedBatchIsTheSameAndAnotherSeedIsNot() {
    List<Tokens> drawn = sampler.draw(indices(0, 4), SamplingOptions.DEFAULT, count -> {});

    assertThat(sampler.draw(indices(0, 4), SamplingOptions.DEFAULT, count -> {})).isEqualTo(drawn);
    assertThat(sampler.draw(indices(0, 4), new SamplingOptions(1, 40, 1, 1), count -> {}))
        .doesNotContainAnyElementsOf(drawn);
  }

  @Test
  void twoSamplersOfOneModelDoNotDisturbEachOther() {
    Sampler second = new Sampler(model);
    List<Tokens> expected = sampler.draw(indices(0, 4), SamplingOptions.DEFAULT, count -> {});
    List<Tokens> between = new ArrayList<>();

    List<Tokens> drawn =
        sampler.draw(
            indices(0, 4),
            SamplingOptions.DEFAULT,
            count -> {
              if (between.isEmpty()) {
                between.addAll(second.draw(indices(0, 4), SamplingOptions.DEFAULT, inner -> {}));
              }
            });

    assertThat(drawn).isEqualTo(expected);
    assertThat(between).isEqualTo(expected);
  }

  @Test
  void threadsMayMakeSamplersAndDrawAtOnce() throws Exception {
    List<Tokens> expected = sampler.draw(indices(0, 2), SamplingOptions.DEFAULT, count -> {});
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<List<Tokens>> drawn =
          () -> new Sampler(model).draw(indices(0, 2), SamplingOptions.DEFAULT, count -> {});
      for (Future<List<Tokens>> images : threads.invokeAll(Collections.nCopies(16, drawn))) {
        assertThat(images.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void topOneAndATinyTopPAreGreedy() {
    List<Tokens> greedy = sampler.draw(indices(0, 2), GREEDY, count -> {});

    assertThat(sampler.draw(indices(0, 2), new SamplingOptions(1, 1, 1, 5), count -> {}))
        .isEqualTo(greedy);
    assertThat(sampler.draw(indices(0, 2), new SamplingOptions(1, 0, 1e-6, 5), count -> {}))
        .isEqualTo(greedy);
  }

  @Test
  void givenTokensAreKeptAndDecideWhatFollows() {
    List<ImageStart> starts = starts(4, 21);

    List<Tokens> drawn = sampler.draw(starts, SamplingOptions.DEFAULT, count -> {});

    for (int image = 0; image < 4; image++) {
      assertThat(Arrays.copyOf(drawn.get(image).toArray(), 21))
          .isEqualTo(starts.get(image).tokens().toArray());
    }
    ImageStart sameNumbers = new ImageStart(starts.get(0).index(), starts.get(1).tokens());
    assertThat(sampler.draw(List.of(sameNumbers), SamplingOptions.DEFAULT, count -> {}).get(0))
        .isNotEqualTo(drawn.get(0));
  }

  @Test
  void everyDrawnTokenIsReported() {
    AtomicInteger tokens = new AtomicInteger();

    sampler.draw(starts(3, 40), SamplingOptions.DEFAULT, tokens::addAndGet);

    assertThat(tokens).hasValue(3 * 9);
  }

  @Test
  void aHighTemperatureForgetsTheModel() {
    SamplingOptions hot = new SamplingOptions(1e9, 0, 1, 3);
    int[] counts = new int[20];
    for (Tokens image : sampler.draw(indices(0, 64), hot, count -> {})) {
      for (int token : image.toInts()) {
        counts[token]++;
      }
    }
    double expected = 64 * 49 / 20.0;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // chi-square with 19 degrees of freedom: mean 19, deviation sqrt(38) = 6.2; five of them
    assertThat(chiSquare).isLessThan(19 + 5 * 6.2);
  }

  @Test
  void theFirstTokenHasTheModelsProbabilities() throws IOException {
    Architecture onePixel = new Architecture(1, 8, 1, 2, 16, 6, 1e-5);
    try (ImageGpt gpt = ImageGpt.open(write(onePixel, "one-pixel"), 2)) {
      float[] logits = new NaiveSampler(gpt).logits(Tokens.wrap(new short[1]), 0);
      double sum = IntStream.range(0, 6).mapToDouble(i -> Math.exp(logits[i])).sum();
      int n = 20_000;
      int[] counts = new int[6];
      new Sampler(gpt)
          .draw(indices(0, n), new SamplingOptions(1, 0, 1, 9), count -> {})
          .forEach(image -> counts[image.get(0)]++);

      for (int token = 0; token < 6; token++) {
        double p = Math.exp(logits[token]) / sum;
        // a binomial's deviation; five of them
        assertThat((double) counts[token] / n).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / n)));
      }
    }
  }

  @Test
  void givenTokensThatTheModelDoesNotKnowAreRefused() {
    ImageStart unknown = new ImageStart(0, Tokens.wrap(new short[] {0, 20}));
    ImageStart whole = new ImageStart(0, Tokens.wrap(new short[49]));

    assertRefused(
        () -> sampler.draw(List.of(unknown), GREEDY, count -> {}), "position 1", "0..19", "20");
    assertThatThrownBy(() -> sampler.draw(List.of(whole), GREEDY, count -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 48");
    assertThatThrownBy(
            () ->
                sampler.draw(
                    List.of(ImageStart.empty(0), starts(1, 3).get(0)), GREEDY, count -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image 1");
  }

  @Test
  void aModelThatDoesNotLookBackIsRefused() throws IOException {
    Architecture bert = ARCHITECTURE.withObjective(Objective.BERT);
    try (ImageGpt gpt = ImageGpt.open(write(bert, "looks-around"), 2)) {
      assertRefused(() -> new Sampler(gpt), "looks-around", "autoregressive", "bert");
    }
  }

  @Test
  void theCheckOfTiesKnowsATieFromADifference() {
    float[] logits = {0, 0, -5};

    assertThat(FloatTies.isTie(logits, new SamplingOptions(0, 0, 1, 0), 0.5)).isTrue();
    assertThat(FloatTies.isTie(logits, new SamplingOptions(1, 2, 1, 0), 0.500001)).isTrue();
    assertThat(FloatTies.isTie(logits, new SamplingOptions(1, 2, 1, 0), 0.501)).isFalse();
  }

  private static List<ImageStart> indices(long begin, int count) {
    return LongStream.range(begin, begin + count).mapToObj(ImageStart::empty).toList();
  }

  private static List<ImageStart> starts(int count, int given) {
    Random random = new Random(given);
    return LongStream.range(0, count)
        .mapToObj(
            index -> {
              short[] tokens = new short[given];
              for (int i = 0; i < given; i++) {
                tokens[i] = (short) random.nextInt(ARCHITECTURE.colours());
              }
              return new ImageStart(index, Tokens.wrap(tokens));
            })
        .toList();
  }

  private static Path write(Architecture architecture, String name) throws IOException {
    Path model = dir.resolve(name);
    SavedModelWriter.write(
        name, architecture, new RandomWeights(), Optional.empty(), Resample.BOX, model);
    return model;
  }
}

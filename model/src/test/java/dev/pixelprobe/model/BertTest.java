package dev.pixelprobe.model;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model trained to guess hidden tokens: it sees all others, before and after. */
class BertTest {
  /** 144 positions: one whole block of queries and a part of another. */
  private static final Architecture ARCHITECTURE =
      new Architecture(12, 24, 2, 3, 40, 20, 1e-5, Objective.BERT);

  private static final List<LayerFeature> LN_1 =
      IntStream.rangeClosed(0, ARCHITECTURE.nLayer())
          .mapToObj(layer -> new LayerFeature(LayerFeature.Kind.LN_1, layer))
          .toList();
  private static final ForwardPass.Query SCORED =
      new ForwardPass.Query(LN_1, InputReading.SOS, true);
  private static final ForwardPass.Query SCORE =
      new ForwardPass.Query(List.of(), InputReading.SOS, true);
  private static final PlainImageGpt PLAIN = new PlainImageGpt(ARCHITECTURE, new RandomWeights());

  @TempDir static Path dir;
  private static ImageGpt gpt;

  @BeforeAll
  static void open() throws IOException {
    SavedModelWriter.write(
        "bert",
        ARCHITECTURE,
        new RandomWeights(),
        Optional.empty(),
        Resample.BOX,
        dir.resolve("bert"));
    gpt = ImageGpt.open(dir.resolve("bert"), 2);
  }

  @AfterAll
  static void close() {
    gpt.close();
  }

  @Test
  void featuresAreThoseOfPlainLoopsWithEveryTokenSeen() throws IOException {
    Tokens image = images(1).get(0);
    List<double[]> expected = PLAIN.pooledLn1(image.toInts());

    ForwardPass pass = gpt.run(List.of(image), SCORED);

    for (int layer = 0; layer < expected.size(); layer++) {
      for (int i = 0; i < ARCHITECTURE.nEmbd(); i++) {
        assertThat((double) pass.feature(layer, 0)[i])
            .isCloseTo(expected.get(layer)[i], within(2e-5));
      }
    }
  }

  @Test
  void theScoreIsTheMeanOverHiddenTokensAlone() throws IOException {
    List<Tokens> images = images(3);

    float[] nats = gpt.run(images, SCORED).natsPerToken();

    for (int i = 0; i < images.size(); i++) {
      float[] hidden = HiddenTokens.of(images.get(i));
      assertThat((double) nats[i])
          .isCloseTo(PLAIN.natsOfHidden(images.get(i).toInts(), hidden), within(2e-5));
    }
  }

  @Test
  void anImageScoresTheSameInAnyBatch() {
    List<Tokens> images = images(4);
    float[] together = gpt.run(images, SCORE).natsPerToken();

    for (int i = 0; i < images.size(); i++) {
      float[] alone = gpt.run(images.subList(i, i + 1), SCORED).natsPerToken();

      assertThat(alone[0]).isCloseTo(together[i], within(1e-5f));
    }
  }

  @Test
  void aTokenInfluencesThePositionsBeforeIt() {
    Tokens image = images(1).get(0);
    short[] changed = image.toArray();
    changed[143] = (short) ((changed[143] + 1) % ARCHITECTURE.colours());

    float[] before = gpt.logits(List.of(image), InputReading.SOS);
    float[] after = gpt.logits(List.of(Tokens.wrap(changed)), InputReading.SOS);

    for (int position = 0; position < 144; position++) {
      int first = position * ARCHITECTURE.colours();
      assertThat(after[first]).as("position %d", position).isNotEqualTo(before[first]);
    }
  }

  @Test
  void thereIsOneReadingByTwoNames() {
    List<Tokens> images = images(2);

    assertThat(gpt.logits(images, InputReading.HF))
        .containsExactly(gpt.logits(images, InputReading.SOS));
    assertThat(gpt.run(images, new ForwardPass.Query(LN_1, InputReading.HF, false)).feature(2))
        .containsExactly(gpt.run(images, SCORED).feature(2));
  }

  @Test
  void thereIsNoStartToken() {
    short[] tokens = new short[144];
    tokens[3] = 20;

    assertThat(ARCHITECTURE.tensorShapes().get("wte")).containsExactly(20, 24);
    assertRefused(
        () -> gpt.logits(List.of(Tokens.wrap(tokens)), InputReading.HF), "0..19", "got 20");
  }

  @Test
  void theObjectiveIsPartOfTheModel() throws IOException {
    Path model = dir.resolve("autoregressive");
    Architecture causal = ARCHITECTURE.withObjective(Objective.AUTOREGRESSIVE);
    ModelInfo written =
        SavedModelWriter.write(
            "m", causal, new RandomWeights(), Optional.empty(), Resample.BOX, model);

    assertThat(gpt.info().architecture().objective()).isEqualTo(Objective.BERT);
    assertThat(written.digest()).isNotEqualTo(gpt.info().digest());
    Path info = ModelInfo.fileIn(model);
    String json = Files.readString(info);
    assertThat(json).contains("\"objective\" : \"autoregressive\"").doesNotContain("causal");
    Files.writeString(info, json.replaceFirst(",\\s*\"objective\" : \"autoregressive\"", ""));
    assertThat(Files.readString(info)).doesNotContain("objective");
    assertThat(ModelInfo.read(model)).as("written by an older version").isEqualTo(written);
  }

  @Test
  void hiddenTokensAreAShareThatTheImageDecides() {
    List<Tokens> images = images(2);

    float[] hidden = HiddenTokens.of(images.get(0));

    assertThat(HiddenTokens.count(144)).isEqualTo(22);
    assertThat(HiddenTokens.count(1)).isEqualTo(1);
    assertThat(hidden).contains(0, 1).containsOnly(0, 1).isEqualTo(HiddenTokens.of(images.get(0)));
    assertThat(IntStream.range(0, 144).filter(i -> hidden[i] == 1)).hasSize(22);
    assertThat(HiddenTokens.of(images.get(1))).isNotEqualTo(hidden);
  }

  @Test
  void everyPositionIsHiddenAboutAsOften() {
    int draws = 4000;
    int[] hidden = new int[144];
    for (Tokens image : images(draws)) {
      float[] ofImage = HiddenTokens.of(image);
      for (int i = 0; i < hidden.length; i++) {
        hidden[i] += (int) ofImage[i];
      }
    }
    double share = 22 / 144.0;
    double sixSigma = 6 * Math.sqrt(draws * share * (1 - share));
    assertThat(IntStream.of(hidden).boxed())
        .allSatisfy(count -> assertThat(count - draws * share).isBetween(-sixSigma, sixSigma));
  }

  private static List<Tokens> images(int count) {
    Random random = new Random(11);
    return Stream.generate(
            () -> {
              short[] tokens = new short[144];
              for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (short) random.nextInt(ARCHITECTURE.colours());
              }
              return Tokens.wrap(tokens);
            })
        .limit(count)
        .toList();
  }
}

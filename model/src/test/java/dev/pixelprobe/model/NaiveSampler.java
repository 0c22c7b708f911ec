package dev.pixelprobe.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs the whole model over the whole image for every token, as OpenAI's own sampler does. */
final class NaiveSampler {
  private final ImageGpt model;

  NaiveSampler(ImageGpt model) {
    this.model = model;
  }

  /** The images of {@link Sampler#draw}, up to and without position {@code end}; 0 from there. */
  List<Tokens> draw(List<ImageStart> starts, SamplingOptions options, int end) {
    Architecture architecture = model.architecture();
    int colours = architecture.colours();
    TokenChoice choice = new TokenChoice(colours, options);
    short[][] tokens = new short[starts.size()][];
    Arrays.setAll(
        tokens,
        image -> Arrays.copyOf(starts.get(image).tokens().toArray(), architecture.positions()));
    for (int position = starts.get(0).tokens().size(); position < end; position++) {
      float[] logits = model.logits(wrapped(tokens), InputReading.SOS);
      for (int image = 0; image < tokens.length; image++) {
        double u = UniformNumbers.at(options.seed(), starts.get(image).index(), position);
        int row = (image * architecture.positions() + position) * colours;
        tokens[image][position] = (short) choice.choose(logits, row, u);
      }
    }
    return wrapped(tokens);
  }

  /** Logits [K] of one position, given the tokens before it. */
  float[] logits(Tokens image, int position) {
    int colours = model.architecture().colours();
    float[] all = model.logits(List.of(image), InputReading.SOS);
    return Arrays.copyOfRange(all, position * colours, (position + 1) * colours);
  }

  private static List<Tokens> wrapped(short[][] tokens) {
    return Stream.of(tokens).map(short[]::clone).map(Tokens::wrap).toList();
  }
}

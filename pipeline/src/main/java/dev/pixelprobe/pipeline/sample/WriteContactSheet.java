package dev.pixelprobe.pipeline.sample;

import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.pipeline.data.ImageList;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@value #NAME}: the first {@value #IMAGES} samples; of completions also, side by side,
 * what was given, and the original.
 */
final class WriteContactSheet extends PTransform<PCollection<SampledImage>, PDone> {
  static final String NAME = ImageList.CONTACT_SHEET;
  private static final int IMAGES = 64;
  private static final int COLUMNS = 8;
  private static final int COMPLETION_COLUMNS = 4;
  private static final byte GREY = (byte) 0x80;

  private final Folder folder;
  private final String modelDir;
  private final @Nullable Primes primes;

  private WriteContactSheet(Folder folder, String modelDir, @Nullable Primes primes) {
    this.folder = folder;
    this.modelDir = modelDir;
    this.primes = primes;
  }

  static WriteContactSheet to(Folder folder, String modelDir, @Nullable Primes primes) {
    return new WriteContactSheet(folder, modelDir, primes);
  }

  @Override
  public PDone expand(PCollection<SampledImage> samples) {
    SerializableFunction<SampledImage, Boolean> isFirst = sample -> sample.index() < IMAGES;
    samples
        .apply("First", Filter.by(isFirst))
        .apply(
            "OnOneSheet",
            WithKeys.<String, SampledImage>of(NAME).withKeyType(TypeDescriptors.strings()))
        .apply("Gather", GroupByKey.create())
        .apply("Write", ParDo.of(new SheetFn(folder, modelDir, primes)));
    return PDone.in(samples.getPipeline());
  }

  static final class SheetFn extends DoFn<KV<String, Iterable<SampledImage>>, Void> {
    private final Folder folder;
    private final String modelDir;
    private final @Nullable Primes primes;

    SheetFn(Folder folder, String modelDir, @Nullable Primes primes) {
      this.folder = folder;
      this.modelDir = modelDir;
      this.primes = primes;
    }

    @ProcessElement
    public void write(@Element KV<String, Iterable<SampledImage>> gathered) throws IOException {
      Path dir = Source.of(modelDir).local();
      Tokenizer tokenizer = ModelInfo.read(dir).tokenizer(dir);
      List<SampledImage> samples = new ArrayList<>();
      gathered.getValue().forEach(samples::add);
      samples.sort(Comparator.comparingLong(SampledImage::index));
      List<List<RgbImage>> strips = new ArrayList<>();
      for (SampledImage sample : samples) {
        strips.add(strip(sample, tokenizer));
      }
      int columns = primes == null ? COLUMNS : COMPLETION_COLUMNS;
      byte[] png = Png.encode(ContactSheet.of(strips, columns));
      folder.write(Objects.requireNonNull(gathered.getKey()), png, "image/png");
    }

    private List<RgbImage> strip(SampledImage sample, Tokenizer tokenizer) throws IOException {
      RgbImage drawn = tokenizer.untokenize(sample.tokens());
      return primes == null
          ? List.of(drawn)
          : List.of(upper(drawn, primes.rows()), drawn, primes.original(sample.index(), tokenizer));
    }

    private static RgbImage upper(RgbImage image, int rows) {
      byte[] rgb = image.bytes().clone();
      Arrays.fill(rgb, rows * image.width() * 3, rgb.length, GREY);
      return RgbImage.wrap(image.height(), image.width(), rgb);
    }
  }
}

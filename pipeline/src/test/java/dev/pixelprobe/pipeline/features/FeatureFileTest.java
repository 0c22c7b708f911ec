package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.pipeline.data.Split;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureFileTest {
  private static final int DIM = 64;
  private static final FeatureLayout LAYOUT =
      FeatureLayout.of(
          List.of(LayerFeature.Kind.LN_1), IntStream.range(0, 9).boxed().toList(), DIM, 4);
  private static final int ROWS = 400;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("train-00000-of-00001.parquet");
    Sets.writeFile(file, LAYOUT, rows());
  }

  @Test
  void aScanReadsItsColumnAndTheFooterOnly() throws IOException {
    CountingInputFile counting = new CountingInputFile(new LocalInputFile(file));
    ColumnChunkMetaData chunk = chunk("ln_1_4");

    scan(new FeatureFile(counting), "ln_1_4");

    // The footer with its length and magic is what lies behind the last chunk.
    long footer = Files.size(file) - end(chunk("ln_1_8"));
    assertThat(counting.read)
        .isGreaterThanOrEqualTo(chunk.getTotalSize())
        .isLessThanOrEqualTo(chunk.getTotalSize() + footer);
  }

  @Test
  void rowsAreCountedThroughAllRowGroups() throws IOException {
    Path many = directory.resolve("many.parquet");
    List<ImageFeatures> rows = rows();
    Sets.writeFile(many, new FeatureSink(LAYOUT, 1024), rows);
    float[] values = new float[ROWS];

    int scanned =
        new FeatureFile(new LocalInputFile(many))
            .scan(
                FeatureSchema.elements("ln_1_1"),
                DIM,
                (row, i, value) -> values[row] = value.getFloat());

    assertThat(rowGroups(many)).hasSizeGreaterThan(2);
    assertThat(scanned).isEqualTo(ROWS);
    for (int row = 0; row < ROWS; row++) {
      assertThat(values[row]).isEqualTo(rows.get(row).features().get(2 * DIM - 1));
    }
  }

  @Test
  void damageToOneColumnIsFoundThereAndHurtsNoOther() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ColumnChunkMetaData chunk = chunk("ln_1_3");
    bytes[(int) (chunk.getStartingPos() + chunk.getTotalSize() - 9)] ^= 1;
    Files.write(file, bytes);
    FeatureFile damaged = new FeatureFile(new LocalInputFile(file));

    assertThat(scan(damaged, "ln_1_2")).isEqualTo(ROWS);
    assertThatThrownBy(() -> scan(damaged, "ln_1_3"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a readable column ln_1_3.list.element, got: ")
        .hasMessageContaining("CRC");
  }

  @Test
  void rowsOfAnotherWidthAreRefused() {
    FeatureFile written = new FeatureFile(new LocalInputFile(file));

    assertThatThrownBy(() -> written.scan("ln_1_0.list.element", 63, (row, i, value) -> {}))
        .hasMessageContaining("row 0: expected 63 values, got more");
    assertThatThrownBy(() -> written.scan("ln_1_0.list.element", 65, (row, i, value) -> {}))
        .hasMessageContaining("row 0: expected 65 values, got 64");
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5000));

    assertThatThrownBy(() -> new FeatureFile(new LocalInputFile(file)).rows())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a readable footer, got: ");
  }

  private static int scan(FeatureFile file, String column) throws IOException {
    return file.scan(FeatureSchema.elements(column), DIM, (row, i, value) -> {});
  }

  private static List<ImageFeatures> rows() {
    return IntStream.range(0, ROWS).mapToObj(i -> Sets.row(LAYOUT, Split.TRAIN, i)).toList();
  }

  private static List<BlockMetaData> rowGroups(Path file) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      return reader.getRowGroups();
    }
  }

  private ColumnChunkMetaData chunk(String column) throws IOException {
    return rowGroups(file).get(0).getColumns().stream()
        .filter(chunk -> chunk.getPath().toDotString().startsWith(column + "."))
        .findFirst()
        .orElseThrow();
  }

  private static long end(ColumnChunkMetaData chunk) {
    return chunk.getStartingPos() + chunk.getTotalSize();
  }

  private static final class CountingInputFile implements InputFile {
    private final InputFile file;
    private long read;

    private CountingInputFile(InputFile file) {
      this.file = file;
    }

    @Override
    public long getLength() throws IOException {
      return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
      SeekableInputStream in = file.newStream();
      InputStream counted =
          new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
              read++;
              return in.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
              int n = in.read(bytes, offset, length);
              read += Math.max(n, 0);
              return n;
            }
          };
      return new DelegatingSeekableInputStream(counted) {
        @Override
        public long getPos() throws IOException {
          return in.getPos();
        }

        @Override
        public void seek(long position) throws IOException {
          in.seek(position);
        }
      };
    }
  }
}

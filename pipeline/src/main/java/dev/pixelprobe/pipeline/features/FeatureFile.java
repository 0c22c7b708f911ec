package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * One Parquet file of a feature set. A scan reads the footer and the pages of its one column, a row
 * group at a time, and verifies their checksums.
 *
 * @param input also names the file in messages
 */
record FeatureFile(InputFile input) {
  private static final PrimitiveConverter UNUSED = new PrimitiveConverter() {};
  private static final ParsedVersion WRITER = new ParsedVersion("parquet-mr", null, null);

  /** Takes the value under the reader, which is number {@code index} of its row. */
  @FunctionalInterface
  interface Cell {
    void take(int row, int index, ColumnReader value);
  }

  /** Row count, from the footer. */
  long rows() throws IOException {
    return read("footer", ParquetFileReader::getRecordCount);
  }

  /**
   * Visits every value of a column in file order.
   *
   * @param path dotted
   * @param width values that every row must have; an optional column's rows may have none
   * @return row count
   */
  int scan(String path, int width, Cell cell) throws IOException {
    return read(
        "column " + path,
        reader -> {
          ColumnDescriptor column = column(reader, path);
          reader.setRequestedSchema(List.of(column));
          RowScan scan = new RowScan(column, width, cell);
          for (PageReadStore pages = reader.readNextRowGroup();
              pages != null;
              pages = reader.readNextRowGroup()) {
            PageReader chunk = pages.getPageReader(column);
            long values = chunk.getTotalValueCount();
            scan.rowGroup(new ColumnReaderImpl(column, chunk, UNUSED, WRITER), values);
          }
          return scan.rows();
        });
  }

  private static ColumnDescriptor column(ParquetFileReader reader, String path) {
    return reader.getFileMetaData().getSchema().getColumnDescription(path.split("\\."));
  }

  /** Anew for each reader: they hold its codecs, and closing one reader releases them. */
  private static ParquetReadOptions options() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .usePageChecksumVerification()
        .build();
  }

  private <T> T read(String what, Body<T> body) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(input, options())) {
      return body.apply(reader);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw damaged("expected a file, got none", e);
    } catch (RuntimeException e) {
      throw damaged("expected a readable %s, got: %s".formatted(what, firstLine(e)), e);
    }
  }

  private InvalidInputException damaged(String problem, Exception cause) {
    return new InvalidInputException(
        "%s: %s; delete the feature set and extract it again".formatted(input, problem), cause);
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private interface Body<T> {
    T apply(ParquetFileReader reader) throws IOException;
  }
}

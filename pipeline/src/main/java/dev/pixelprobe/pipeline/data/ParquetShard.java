package dev.pixelprobe.pipeline.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixelprobe.model.InvalidInputException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** One open Parquet file of images and labels. */
final class ParquetShard implements Closeable {
  private static final String HUGGING_FACE = "huggingface";

  private final String name;
  private final ParquetFileReader file;
  private final ParquetColumns columns;

  private ParquetShard(String name, ParquetFileReader file, ParquetColumns columns) {
    this.name = name;
    this.file = file;
    this.columns = columns;
  }

  static ParquetShard open(DataFolder folder, String name) throws IOException {
    ParquetFileReader file;
    try {
      file =
          ParquetFileReader.open(
              new ResourceInputFile(folder.resource(name)),
              ParquetReadOptions.builder(new PlainParquetConfiguration()).build());
    } catch (RuntimeException e) {
      // What Parquet throws for a file that was cut or never was one.
      throw new InvalidInputException(
          "%s%s: expected a whole Parquet file, got: %s; copy it again"
              .formatted(folder.root(), name, e.getMessage()),
          e);
    }
    try {
      return new ParquetShard(name, file, ParquetColumns.of(schema(file), name));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  ParquetColumns columns() {
    return columns;
  }

  /** Rows of each row group. */
  List<Long> rowGroups() {
    return file.getRowGroups().stream().map(BlockMetaData::getRowCount).toList();
  }

  /** The rows of the row group that begins with {@code firstRow}. */
  RecordReader<Group> rows(long firstRow) throws IOException {
    MessageType wanted = columns.projection(schema(file));
    file.setRequestedSchema(wanted);
    PageReadStore rows = file.readRowGroup(rowGroupAt(firstRow));
    return new ColumnIOFactory()
        .getColumnIO(wanted)
        .getRecordReader(rows, new GroupRecordConverter(wanted));
  }

  private int rowGroupAt(long firstRow) {
    long row = 0;
    int index = 0;
    for (long rows : rowGroups()) {
      if (row == firstRow) {
        return index;
      }
      row += rows;
      index++;
    }
    throw new InvalidInputException(
        "%s: expected a row group that begins with row %d, got none; the file changed while it was read"
            .formatted(name, firstRow));
  }

  /** The names of the label's classes as HuggingFace's datasets library stores them, if it does. */
  List<String> classNames() {
    String json = file.getFileMetaData().getKeyValueMetaData().getOrDefault(HUGGING_FACE, "{}");
    try {
      JsonNode features = new ObjectMapper().readTree(json).path("info").path("features");
      List<String> names = new ArrayList<>();
      features.path(columns.label()).path("names").forEach(name -> names.add(name.asText()));
      return names;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "%s: expected JSON under %s in its metadata, got: %s"
              .formatted(name, HUGGING_FACE, e.getOriginalMessage()),
          e);
    }
  }

  private static MessageType schema(ParquetFileReader file) {
    return file.getFileMetaData().getSchema();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

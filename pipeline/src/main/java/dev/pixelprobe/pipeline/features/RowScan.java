package dev.pixelprobe.pipeline.features;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.ParquetDecodingException;

/** Cuts the values of a column into rows, by Dremel's repetition and definition levels. */
final class RowScan {
  private final ColumnDescriptor column;
  private final int width;
  private final boolean optional;
  private final FeatureFile.Cell cell;
  private int row = -1;

  RowScan(ColumnDescriptor column, int width, FeatureFile.Cell cell) {
    this.column = column;
    this.width = width;
    this.optional = column.getMaxRepetitionLevel() == 0 && column.getMaxDefinitionLevel() > 0;
    this.cell = cell;
  }

  /** Visits all values of the next row group. */
  void rowGroup(ColumnReader values, long total) {
    int count = width;
    for (long left = total; left > 0; left--) {
      if (values.getCurrentRepetitionLevel() == 0) {
        checkComplete(count);
        row++;
        count = 0;
      }
      if (values.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
        if (count == width) {
          throw wrongWidth("more");
        }
        cell.take(row, count++, values);
      }
      values.consume();
    }
    checkComplete(count);
  }

  /** Rows visited so far. */
  int rows() {
    return row + 1;
  }

  private void checkComplete(int count) {
    if (count != width && !(optional && count == 0)) {
      throw wrongWidth(String.valueOf(count));
    }
  }

  private ParquetDecodingException wrongWidth(String got) {
    return new ParquetDecodingException(
        "row %d: expected %d values, got %s".formatted(row, width, got));
  }
}

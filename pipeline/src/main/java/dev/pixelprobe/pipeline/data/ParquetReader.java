package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Reads row groups of Parquet files with a column of encoded images and one of labels. */
record ParquetReader(DataFolder folder, LabelRange labels) implements SliceReader {
  @Override
  public boolean beginsAnywhere() {
    return false;
  }

  @Override
  public void read(Slice slice, Output output) throws IOException {
    long row = slice.firstRecord();
    try (ParquetShard shard = ParquetShard.open(folder, slice.shard())) {
      RecordReader<Group> rows = shard.rows(slice.firstRecord());
      for (; slice.reaches(row); row++) {
        emit(slice, row, rows.read(), shard.columns(), output);
      }
    } catch (ParquetRuntimeException e) {
      throw new InvalidInputException(
          "%s record %d: expected sound Parquet pages, got: %s; copy the file again"
              .formatted(slice.shard(), row, e.getMessage()),
          e);
    }
  }

  private void emit(Slice slice, long row, Group group, ParquetColumns columns, Output output) {
    try {
      int label = labels.check(label(group, columns.label()), slice.shard(), row);
      output.image(
          new LabelledImage(
              ImageId.inShard(ParquetPlanner.DATASET, slice.split(), slice.shard(), row),
              label,
              ImageDecoder.decode(image(group, columns.image()))));
    } catch (UnreadableRecordException e) {
      output.deadLetter(e.letter(slice.shard(), row));
    }
  }

  private static long label(Group group, String column) throws UnreadableRecordException {
    require(group, column, column);
    boolean wide =
        group.getType().getType(column).asPrimitiveType().getPrimitiveTypeName()
            == PrimitiveTypeName.INT64;
    return wide ? group.getLong(column, 0) : group.getInteger(column, 0);
  }

  private static byte[] image(Group group, String column) throws UnreadableRecordException {
    require(group, column, column);
    Group image = group.getGroup(column, 0);
    require(image, ParquetColumns.BYTES, column + "." + ParquetColumns.BYTES);
    return image.getBinary(ParquetColumns.BYTES, 0).getBytes();
  }

  private static void require(Group group, String field, String name)
      throws UnreadableRecordException {
    if (group.getFieldRepetitionCount(field) == 0) {
      throw new UnreadableRecordException("column " + name + ": expected a value, got null");
    }
  }
}

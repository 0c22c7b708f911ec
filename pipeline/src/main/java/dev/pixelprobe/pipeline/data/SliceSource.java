package dev.pixelprobe.pipeline.data;

import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Slices for whoever is free. A source's splits are handed out one by one as workers ask for them,
 * so none waits while there is work; keys would be dealt out by their hashes, unevenly.
 */
final class SliceSource extends BoundedSource<Slice> {
  private final List<Slice> slices;

  SliceSource(List<Slice> slices) {
    this.slices = List.copyOf(slices);
  }

  @Override
  public List<SliceSource> split(long desiredBundleSizeBytes, PipelineOptions options) {
    return slices.stream().map(slice -> new SliceSource(List.of(slice))).toList();
  }

  /** Nobody knows; all are alike. */
  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    return slices.size();
  }

  @Override
  public Coder<Slice> getOutputCoder() {
    return SliceCoder.of();
  }

  @Override
  public BoundedReader<Slice> createReader(PipelineOptions options) {
    return new Reader(this);
  }

  private static final class Reader extends BoundedReader<Slice> {
    private final SliceSource source;
    private int next;

    Reader(SliceSource source) {
      this.source = source;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (next == source.slices.size()) {
        return false;
      }
      next++;
      return true;
    }

    @Override
    public Slice getCurrent() {
      if (next == 0) {
        throw new NoSuchElementException("not started");
      }
      return source.slices.get(next - 1);
    }

    @Override
    public BoundedSource<Slice> getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}

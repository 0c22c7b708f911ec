package dev.pixelprobe.pipeline.extract;

import java.io.IOException;
import java.util.List;

/** Runs a model on a batch: one result for each record, in their order. */
@FunctionalInterface
interface Forward<T, R> {
  List<R> run(List<T> batch) throws IOException;
}

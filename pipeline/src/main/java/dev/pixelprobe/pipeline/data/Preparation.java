package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.io.Serializable;
import java.util.function.Function;

/** What becomes of each image where it is read. Travels to the workers with the pipeline. */
@FunctionalInterface
public interface Preparation<T> extends Serializable {
  /** Loads what it needs; called once for a thread of a worker. */
  Function<LabelledImage, T> open() throws IOException;

  /** The images as they are. */
  static Preparation<LabelledImage> none() {
    return Function::identity;
  }

  /** This one, of what another makes of the images. */
  default Preparation<T> after(Preparation<LabelledImage> first) {
    return () -> first.open().andThen(open());
  }
}

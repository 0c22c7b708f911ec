package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.benchmark.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The graphics processor, and what TensorFlow needs besides to use it. */
final class GpuChecks {
  private GpuChecks() {}

  static Finding gpu() {
    try {
      String gpu = Platform.gpu();
      return gpu.equals(Platform.NO_GPU)
          ? Finding.note("gpu", gpu, "models run on the CPU")
          : Finding.ok("gpu", gpu);
    } catch (IOException e) {
      return Finding.note("gpu", "unknown: " + e.getMessage(), "check the NVIDIA driver");
    }
  }

  static Finding libraries() {
    boolean wanted = gpu().status() == Finding.Status.OK;
    return libraries(CudaLibraries.ofThisMachine(), wanted);
  }

  /**
   * @param wanted whether there is a GPU to use them
   */
  static Finding libraries(CudaLibraries libraries, boolean wanted) {
    List<String> missing = libraries.missing();
    if (missing.isEmpty()) {
      return Finding.ok("cuda", "CUDA 12, cuDNN 9 and the driver's library are found");
    }
    String found = "not found: " + String.join(", ", missing);
    return Finding.note(
        "cuda", found, wanted ? advice(libraries, missing) : "only a GPU needs them");
  }

  private static String advice(CudaLibraries libraries, List<String> missing) {
    Optional<Path> folder =
        missing.stream().map(libraries::elsewhere).flatMap(Optional::stream).findFirst();
    if (folder.isPresent()) {
      return "add %s to LD_LIBRARY_PATH".formatted(folder.get());
    }
    if (missing.contains(CudaLibraries.DRIVER)) {
      return "install the NVIDIA driver, or give the container the GPU";
    }
    return missing.equals(List.of(CudaLibraries.CUDNN))
        ? "install cuDNN 9 for CUDA 12"
        : "install CUDA 12 and cuDNN 9, or set LD_LIBRARY_PATH to where they are";
  }
}

package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a file system of its own, below a temporary folder. */
final class CudaLibrariesTest {
  private static final Path USUAL = Path.of("usr/lib/x86_64-linux-gnu");

  @TempDir Path root;

  @Test
  void whatIsMissingIsNamed() throws IOException {
    putAll(USUAL);
    Files.delete(root.resolve(USUAL).resolve("libcudnn.so.9"));
    Files.delete(root.resolve(USUAL).resolve("libcufft.so.11"));

    Finding finding = GpuChecks.libraries(libraries(""), true);

    assertThat(finding.status()).isEqualTo(Finding.Status.NOTE);
    assertThat(finding.found()).isEqualTo("not found: libcufft.so.11, libcudnn.so.9");
    assertThat(finding.advice()).contains("CUDA 12 and cuDNN 9");
  }

  @Test
  void eachLackHasItsAdvice() throws IOException {
    assertThat(GpuChecks.libraries(libraries(""), false).advice())
        .isEqualTo("only a GPU needs them");
    assertThat(GpuChecks.libraries(libraries(""), true).advice()).contains("NVIDIA driver");
    putAll(USUAL);
    Files.delete(root.resolve(USUAL).resolve("libcudnn.so.9"));
    assertThat(GpuChecks.libraries(libraries(""), true).advice())
        .isEqualTo("install cuDNN 9 for CUDA 12");
  }

  @Test
  void whenAllAreThereAllIsWell() throws IOException {
    putAll(USUAL);

    assertThat(GpuChecks.libraries(libraries(""), true).status()).isEqualTo(Finding.Status.OK);
  }

  @Test
  void anotherVersionIsNotTheRightOne() throws IOException {
    putAll(USUAL);
    Files.move(
        root.resolve(USUAL).resolve("libcudart.so.12"),
        root.resolve(USUAL).resolve("libcudart.so.11.0"));

    assertThat(libraries("").missing()).containsExactly("libcudart.so.12");
  }

  @Test
  void theLoadersPathAndItsConfigurationAreSearched() throws IOException {
    Path own = root.resolve("own/lib");
    put(own, "libcuda.so.1");
    put(root.resolve("opt/some/lib"), "libcudart.so.12");
    Files.createDirectories(root.resolve("etc/ld.so.conf.d"));
    Files.writeString(root.resolve("etc/ld.so.conf"), "include /etc/ld.so.conf.d/*.conf\n");
    Files.writeString(root.resolve("etc/ld.so.conf.d/some.conf"), "# some\n/opt/some/lib # here\n");

    assertThat(libraries("").missing()).contains("libcuda.so.1").doesNotContain("libcudart.so.12");
    assertThat(libraries(":" + own).missing()).doesNotContain("libcuda.so.1", "libcudart.so.12");
  }

  @Test
  void aConfigurationThatIncludesItselfEnds() throws IOException {
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/ld.so.conf"), "include ld.so.conf\n");

    assertThat(libraries("").missing()).isEqualTo(CudaLibraries.NAMES);
  }

  @Test
  void whatLiesOutOfTheLoadersSightIsPointedAt() throws IOException {
    Path cuda = root.resolve("usr/local/cuda/lib64");
    putAll(root.relativize(cuda));

    Finding finding = GpuChecks.libraries(libraries(""), true);

    assertThat(finding.advice()).isEqualTo("add %s to LD_LIBRARY_PATH".formatted(cuda));
    assertThat(libraries(cuda.toString()).missing()).isEmpty();
  }

  private CudaLibraries libraries(String loaderPath) {
    return new CudaLibraries(root, loaderPath);
  }

  private void putAll(Path folder) throws IOException {
    for (String name : CudaLibraries.NAMES) {
      put(root.resolve(folder), name);
    }
  }

  private static void put(Path folder, String name) throws IOException {
    Files.createFile(Files.createDirectories(folder).resolve(name));
  }
}

package dev.pixelprobe.pipeline.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.pixelprobe.pipeline.benchmark.Platform;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Java, memory and processors. */
final class MachineChecks {
  private static final double GIB = 1 << 30;
  private static final double MEMORY_WANTED = 4 * GIB;

  /** Instruction sets that TensorFlow's matrix products use, best first. */
  private static final List<String> VECTOR_SETS =
      List.of("amx_bf16", "avx512_bf16", "avx512f", "avx2");

  private MachineChecks() {}

  static Finding java() {
    int version = Runtime.version().feature();
    return version >= 17
        ? Finding.ok("java", Platform.java())
        : Finding.fail("java", Platform.java(), "install JDK 17 or newer and set JAVA_HOME");
  }

  static Finding memory() {
    var os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    String found =
        gib(
            "%.1f GiB in all, Java's heap at most %.1f GiB",
            os.getTotalMemorySize(), Runtime.getRuntime().maxMemory());
    return os.getTotalMemorySize() >= MEMORY_WANTED
        ? Finding.ok("memory", found)
        : Finding.note("memory", found, "4 GiB are wanted; use --batch-size 8 and small data sets");
  }

  static Finding cpu() {
    List<String> sets = VECTOR_SETS.stream().filter(MachineChecks::cpuHas).toList();
    String found =
        "%s; %s".formatted(Platform.cpu(), sets.isEmpty() ? "no avx2" : String.join(", ", sets));
    return sets.isEmpty()
        ? Finding.note("cpu", found, "inference will be slow; use a CPU with AVX2 or newer")
        : Finding.ok("cpu", found);
  }

  private static boolean cpuHas(String flag) {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).contains(" " + flag + " ");
    } catch (IOException e) {
      return false;
    }
  }

  private static String gib(String format, long... bytes) {
    Object[] gib = new Object[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      gib[i] = bytes[i] / GIB;
    }
    return String.format(Locale.ROOT, format, gib);
  }
}

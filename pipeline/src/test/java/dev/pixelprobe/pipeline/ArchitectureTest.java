package dev.pixelprobe.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of docs/ARCHITECTURE.md: between the modules, and between the pipeline's packages. */
@AnalyzeClasses(packages = "dev.pixelprobe", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String MODEL = "dev.pixelprobe.model..";
  private static final String EVAL = "dev.pixelprobe.eval..";
  private static final String PIPELINE = "dev.pixelprobe.pipeline..";
  private static final String FETCH = "dev.pixelprobe.pipeline.fetch..";
  private static final String SUITE = "dev.pixelprobe.pipeline.suite..";
  private static final String BEAM = "org.apache.beam..";
  private static final String FLINK = "org.apache.flink..";
  private static final String TENSORFLOW = "org.tensorflow..";
  private static final String NATIVE = "org.bytedeco..";

  @ArchTest static final ArchRule MODEL_STANDS_ALONE = apart(MODEL, BEAM, FLINK, EVAL, PIPELINE);

  @ArchTest
  static final ArchRule EVAL_STANDS_ALONE = apart(EVAL, BEAM, FLINK, TENSORFLOW, MODEL, PIPELINE);

  /**
   * TFRecord's messages are plain Java, and the command line tells TensorFlow's failures apart;
   * nothing else of it is known.
   */
  @ArchTest
  static final ArchRule NOTHING_NATIVE_ENTERS_THE_PIPELINE =
      noClasses()
          .that()
          .resideInAPackage(PIPELINE)
          .and()
          .resideOutsideOfPackage("dev.pixelprobe.pipeline.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.tensorflow", "org.tensorflow.op..", "org.tensorflow.types..", NATIVE);

  @ArchTest
  static final ArchRule PACKAGES_OF_THE_PIPELINE_FORM_LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("root")
          .definedBy("dev.pixelprobe.pipeline")
          .layer("data")
          .definedBy("dev.pixelprobe.pipeline.data..")
          .layer("files")
          .definedBy("dev.pixelprobe.pipeline.files")
          .layer("storage")
          .definedBy("dev.pixelprobe.pipeline.storage")
          .layer("job")
          .definedBy("dev.pixelprobe.pipeline.job")
          .layer("features")
          .definedBy("dev.pixelprobe.pipeline.features")
          .layer("extract")
          .definedBy("dev.pixelprobe.pipeline.extract")
          .layer("probe")
          .definedBy("dev.pixelprobe.pipeline.probe")
          .layer("sample")
          .definedBy("dev.pixelprobe.pipeline.sample")
          .layer("palette")
          .definedBy("dev.pixelprobe.pipeline.palette")
          .layer("distance")
          .definedBy("dev.pixelprobe.pipeline.distance")
          .layer("benchmark")
          .definedBy("dev.pixelprobe.pipeline.benchmark")
          .layer("fetch")
          .definedBy("dev.pixelprobe.pipeline.fetch")
          .layer("suite")
          .definedBy("dev.pixelprobe.pipeline.suite")
          .layer("cli")
          .definedBy("dev.pixelprobe.pipeline.cli")
          .whereLayer("root")
          .mayNotAccessAnyLayer()
          .whereLayer("storage")
          .mayNotAccessAnyLayer()
          .whereLayer("files")
          .mayNotAccessAnyLayer()
          .whereLayer("data")
          .mayOnlyAccessLayers("files")
          .whereLayer("job")
          .mayOnlyAccessLayers("root")
          .whereLayer("features")
          .mayOnlyAccessLayers("files", "data")
          .whereLayer("extract")
          .mayOnlyAccessLayers("root", "files", "storage", "job", "data", "features")
          .whereLayer("probe")
          .mayOnlyAccessLayers("root", "files", "job", "data", "features")
          .whereLayer("sample")
          .mayOnlyAccessLayers("root", "files", "storage", "job", "data", "extract")
          .whereLayer("palette")
          .mayOnlyAccessLayers("root", "files", "job", "data", "features")
          .whereLayer("distance")
          .mayOnlyAccessLayers("root", "files", "storage", "job", "data", "features", "extract")
          .whereLayer("benchmark")
          .mayOnlyAccessLayers("files", "data", "features", "extract", "probe")
          .whereLayer("fetch")
          .mayNotAccessAnyLayer()
          .whereLayer("suite")
          .mayNotAccessAnyLayer()
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest static final ArchRule FETCHING_NEEDS_NO_BEAM = apart(FETCH, BEAM, FLINK, TENSORFLOW);

  @ArchTest static final ArchRule SUITES_NEED_NO_BEAM = apart(SUITE, BEAM, FLINK, TENSORFLOW);

  @ArchTest
  static final ArchRule NO_PACKAGES_OF_THE_PIPELINE_GO_ROUND_IN_CIRCLES =
      slices().matching("dev.pixelprobe.pipeline.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_TALKS_TO_THE_TERMINAL =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.pixelprobe.pipeline.cli")
          .should(ACCESS_STANDARD_STREAMS);

  /** Without this, a rule about classes that were never imported would hold as well. */
  @ArchTest
  static void anArrowThatIsThereWouldBeFoundInEveryModule(JavaClasses classes) {
    assertBroken(apart(MODEL, TENSORFLOW), classes);
    assertBroken(apart(EVAL, NATIVE), classes);
    assertBroken(apart(PIPELINE, BEAM), classes);
    assertBroken(apart(PIPELINE, MODEL), classes);
    assertBroken(apart(PIPELINE, EVAL), classes);
    assertBroken(apart(FETCH, MODEL), classes);
  }

  private static ArchRule apart(String packages, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  private static void assertBroken(ArchRule rule, JavaClasses classes) {
    assertThatThrownBy(() -> rule.check(classes)).isInstanceOf(AssertionError.class);
  }
}

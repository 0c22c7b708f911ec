package dev.pixelprobe.pipeline.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.pixelprobe.pipeline.suite.Cell;
import dev.pixelprobe.pipeline.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The FlinkDeployment that the schedule submits, taken from where kubectl would get it. */
final class FlinkDeploymentTest {
  private static final Path CRD =
      Path.of("../../shared/data/crds/flinkdeployments.flink.apache.org-v1.yml");
  private static final YAMLMapper YAML = new YAMLMapper();

  @TempDir private Path folder;
  private ObjectNode deployment;

  @BeforeEach
  void submit() throws Exception {
    BenchmarkScript script = BenchmarkScript.in(folder).whenStatusIs("FINISHED|STABLE|READY|");
    assertThat(script.run().code()).isZero();
    deployment = (ObjectNode) YAML.readTree(script.manifest());
  }

  @Test
  void theOperatorTakesIt() throws IOException {
    assertThat(errors(spec())).isEmpty();
  }

  @Test
  void theOperatorsSchemaFindsMistakes() throws IOException {
    ((ObjectNode) spec().path("job")).put("jarUri", "local:///misspelt");
    assertThat(errors(spec())).singleElement().asString().contains("jarUri");

    ((ObjectNode) spec().path("job")).remove("jarUri");
    spec().put("flinkVersion", "v1_99");
    assertThat(errors(spec())).singleElement().asString().contains("flinkVersion");

    spec().put("flinkVersion", "v1_19");
    ((ObjectNode) spec().at("/taskManager/podTemplate/spec/tolerations/0"))
        .put("efect", "NoSchedule");
    assertThat(errors(spec())).singleElement().asString().contains("efect");
  }

  @Test
  void itRunsTheBenchmarkInApplicationMode() {
    JsonNode job = spec().path("job");
    assertThat(job.path("jarURI").asText())
        .isEqualTo("local:///opt/flink/usrlib/pixelprobe-pipeline.jar");
    List<String> arguments = new ArrayList<>();
    job.path("args").forEach(argument -> arguments.add(argument.asText()));
    assertThat(arguments)
        .startsWith("run", "--config", "/suite/weekly.yaml", "--runs", "gs://bucket/runs")
        .endsWith("--", "--runner=FlinkRunner", "--flinkMaster=[auto]", "--parallelism=4");
    assertThat(arguments.get(6))
        .matches("gs://bucket/runs/\\d{8}T\\d{6}Z-weekly-x7k2p\\.summary\\.json");
    assertThat(job.path("upgradeMode").asText()).isEqualTo("stateless");
  }

  @Test
  void allPodsShareTheCacheInTheBucket() {
    JsonNode variable = spec().at("/podTemplate/spec/containers/0/env/0");
    assertThat(variable.path("name").asText()).isEqualTo("PIXELPROBE_CACHE");
    assertThat(variable.path("value").asText()).isEqualTo("gs://bucket/cache");
  }

  @Test
  void theJobManagerHasTheSuiteWhereTheArgumentsSay() {
    JsonNode master = spec().at("/jobManager/podTemplate/spec");
    assertThat(master.at("/containers/0/name").asText()).isEqualTo("flink-main-container");
    assertThat(master.at("/containers/0/volumeMounts/0/mountPath").asText()).isEqualTo("/suite");
    assertThat(master.at("/containers/0/volumeMounts/0/name"))
        .isEqualTo(master.at("/volumes/0/name"));
    assertThat(master.at("/volumes/0/configMap/items/0/key").asText()).isEqualTo("suite.yaml");
    assertThat(master.at("/volumes/0/configMap/items/0/path").asText()).isEqualTo("weekly.yaml");
  }

  @Test
  void theScheduledSuiteIsOne() throws IOException {
    Suite suite = Suite.read(BenchmarkScript.SCHEDULE.resolve("suite.yaml"));

    assertThat(suite.cells().stream().map(Cell::label)).containsExactly("igpt-xs-16px on shapes");
  }

  /** Flink's limit on the length of a cluster's name is 45. */
  @Test
  void itsNameIsItsOwn() {
    assertThat(deployment.at("/metadata/name").asText())
        .matches("weekly-\\d{8}t\\d{6}z-x7k2p")
        .hasSizeLessThanOrEqualTo(45);
    JsonNode owner = deployment.at("/metadata/ownerReferences/0");
    assertThat(owner.path("name").asText()).isEqualTo("weekly-29394120-x7k2p");
    assertThat(owner.path("uid").asText()).isEqualTo("0f3c4a52-7c1e-4d55-9a51-0f6c1f6b2d11");
  }

  @Test
  void onlyTaskManagersAskForGpus() {
    JsonNode worker = spec().at("/taskManager/podTemplate/spec");
    assertThat(worker.at("/containers/0/resources/limits").path("nvidia.com/gpu").asText())
        .isEqualTo("1");
    assertThat(worker.at("/tolerations/0/key").asText()).isEqualTo("nvidia.com/gpu");
    assertThat(worker.at("/nodeSelector").path("pixelprobe.dev/pool").asText()).isEqualTo("gpu");
    JsonNode master = spec().at("/jobManager/podTemplate/spec");
    assertThat(master.at("/nodeSelector").path("pixelprobe.dev/pool").asText()).isEqualTo("cpu");
    assertThat(master.has("tolerations")).isFalse();
    JsonNode flink = spec().path("flinkConfiguration");
    assertThat(flink.path("external-resources").asText()).isEqualTo("gpu");
    assertThat(flink.path("external-resource.gpu.kubernetes.config-key").asText())
        .isEqualTo("nvidia.com/gpu");
    assertThat(flink.path("taskmanager.memory.task.off-heap.size").asText()).isEqualTo("10g");
  }

  /** The operator reads Flink's configuration as a map of strings. */
  @Test
  void flinksConfigurationIsAllStrings() {
    assertThat(spec().path("flinkConfiguration")).isNotEmpty().allMatch(JsonNode::isTextual);
  }

  @Test
  void argumentsArriveAsTheyWereWritten() throws Exception {
    String odd = "a \"quoted\" & 'single' back\\slash $HOME $(date) *";
    BenchmarkScript script =
        BenchmarkScript.in(folder)
            .with("ARGUMENTS", YAMLMapper.builder().build().createArrayNode().add(odd).toString())
            .whenStatusIs("FINISHED|STABLE|READY|");
    assertThat(script.run().code()).isZero();

    assertThat(YAML.readTree(script.manifest()).at("/spec/job/args/0").asText()).isEqualTo(odd);
  }

  private ObjectNode spec() {
    return (ObjectNode) deployment.path("spec");
  }

  private static Set<ValidationMessage> errors(JsonNode spec) throws IOException {
    assumeTrue(Files.exists(CRD), CRD + " is not here");
    JsonNode crd = YAML.readTree(CRD.toFile());
    JsonNode schema = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    assertThat(schema.isObject()).isTrue();
    refuseUnknownFields(schema);
    JsonSchema validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
    return validator.validate(spec);
  }

  /**
   * Kubernetes drops a field that a structural schema does not list; a field that is dropped is a
   * mistake of ours.
   */
  private static void refuseUnknownFields(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      object.put("additionalProperties", false);
    }
    schema.forEach(FlinkDeploymentTest::refuseUnknownFields);
  }
}

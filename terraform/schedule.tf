locals {
  scheduler_account = "scheduler"
  schedule_labels = {
    "app.kubernetes.io/name"      = "pixelprobe"
    "app.kubernetes.io/component" = "schedule"
  }
  cache_url = "${google_storage_bucket.this["reports"].url}/cache"
  runs_url  = "${google_storage_bucket.this["reports"].url}/runs"
  site_url  = "${google_storage_bucket.this["reports"].url}/site"

  parallelism = var.gpu_max_nodes * var.gpu_count * var.taskmanager.slots

  # run-benchmark.sh puts these into flinkdeployment.yaml, with the names of the run.
  run_settings = {
    ARGUMENTS = jsonencode([
      "run", "--config", "/suite/@SUITE@.yaml", "--runs", "@RUNS@", "--summary", "@SUMMARY@",
      "--", "--runner=FlinkRunner", "--flinkMaster=[auto]", "--parallelism=${local.parallelism}",
    ])
    CACHE              = local.cache_url
    IMAGE              = local.image
    JAR                = "local:///opt/flink/usrlib/pixelprobe-pipeline.jar"
    NAMESPACE          = local.namespace
    NATIVE_MEMORY      = "${var.taskmanager.native_gib}g"
    PARALLELISM        = local.parallelism
    RUNS               = local.runs_url
    SERVICE_ACCOUNT    = local.flink_account
    SUITE              = var.suite
    TASKMANAGER_CPU    = var.taskmanager.cpu
    TASKMANAGER_MEMORY = "${var.taskmanager.memory_gib}g"
    TASK_SLOTS         = var.taskmanager.slots
    TEMPLATE           = "/schedule/flinkdeployment.yaml"
    TIMEOUT_SECONDS    = floor(var.run_timeout_hours * 3600)
  }
}

resource "kubernetes_service_account_v1" "scheduler" {
  metadata {
    name      = local.scheduler_account
    namespace = kubernetes_namespace_v1.this.metadata[0].name
    labels    = local.schedule_labels
  }
}

resource "kubernetes_role_v1" "scheduler" {
  metadata {
    name      = local.scheduler_account
    namespace = kubernetes_namespace_v1.this.metadata[0].name
    labels    = local.schedule_labels
  }
  rule {
    api_groups = ["flink.apache.org"]
    resources  = ["flinkdeployments"]
    verbs      = ["create", "delete", "get", "list", "watch"]
  }
}

resource "kubernetes_role_binding_v1" "scheduler" {
  metadata {
    name      = local.scheduler_account
    namespace = kubernetes_namespace_v1.this.metadata[0].name
    labels    = local.schedule_labels
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Role"
    name      = kubernetes_role_v1.scheduler.metadata[0].name
  }
  subject {
    kind      = "ServiceAccount"
    name      = kubernetes_service_account_v1.scheduler.metadata[0].name
    namespace = kubernetes_namespace_v1.this.metadata[0].name
  }
}

resource "kubernetes_config_map_v1" "schedule" {
  metadata {
    name      = "schedule"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
    labels    = local.schedule_labels
  }
  data = {
    "flinkdeployment.yaml" = file("${path.module}/schedule/flinkdeployment.yaml")
    "run-benchmark.sh"     = file("${path.module}/schedule/run-benchmark.sh")
    "suite.yaml"           = var.benchmark == null ? file("${path.module}/schedule/suite.yaml") : var.benchmark
  }
}

resource "kubernetes_cron_job_v1" "benchmark" {
  metadata {
    name      = var.suite
    namespace = kubernetes_namespace_v1.this.metadata[0].name
    labels    = local.schedule_labels
  }
  spec {
    schedule                      = var.schedule
    timezone                      = var.time_zone
    suspend                       = var.suspended
    concurrency_policy            = "Forbid"
    starting_deadline_seconds     = 3600
    successful_jobs_history_limit = 3
    failed_jobs_history_limit     = 5

    job_template {
      metadata {
        labels = local.schedule_labels
      }
      spec {
        # A failed run is looked at, not repeated. The pod has an hour more than the run: for deleting and for the report.
        backoff_limit              = 0
        active_deadline_seconds    = local.run_settings.TIMEOUT_SECONDS + 3600
        ttl_seconds_after_finished = 604800

        template {
          metadata {
            labels      = local.schedule_labels
            annotations = { "cluster-autoscaler.kubernetes.io/safe-to-evict" = "false" }
          }
          spec {
            service_account_name             = kubernetes_service_account_v1.scheduler.metadata[0].name
            restart_policy                   = "Never"
            termination_grace_period_seconds = 420
            node_selector                    = { "pixelprobe.dev/pool" = "cpu" }

            security_context {
              run_as_non_root = true
              run_as_user     = 9999
              run_as_group    = 9999
              fs_group        = 9999
              seccomp_profile {
                type = "RuntimeDefault"
              }
            }

            init_container {
              name    = "benchmark"
              image   = var.scheduler_image
              command = ["bash", "/schedule/run-benchmark.sh"]

              dynamic "env" {
                for_each = local.run_settings
                content {
                  name  = env.key
                  value = env.value
                }
              }
              env {
                name = "OWNER_NAME"
                value_from {
                  field_ref {
                    field_path = "metadata.name"
                  }
                }
              }
              env {
                name = "OWNER_UID"
                value_from {
                  field_ref {
                    field_path = "metadata.uid"
                  }
                }
              }
              env {
                name  = "HOME"
                value = "/tmp"
              }
              resources {
                requests = { cpu = "100m", memory = "256Mi" }
                limits   = { memory = "512Mi" }
              }
              security_context {
                allow_privilege_escalation = false
                read_only_root_filesystem  = true
                capabilities {
                  drop = ["ALL"]
                }
              }
              volume_mount {
                name       = "schedule"
                mount_path = "/schedule"
                read_only  = true
              }
              volume_mount {
                name       = "tmp"
                mount_path = "/tmp"
              }
            }

            container {
              name  = "report"
              image = local.image
              command = concat(
                ["pixelprobe", "report", "--runs", local.runs_url, "--out", local.site_url],
                var.fail_on_regression ? ["--fail-on-regression"] : [],
              )

              env {
                name  = "HOME"
                value = "/tmp"
              }
              env {
                name  = "PIXELPROBE_HEAP"
                value = "1g"
              }
              resources {
                requests = { cpu = "500m", memory = "2Gi" }
                limits   = { memory = "2Gi" }
              }
              security_context {
                allow_privilege_escalation = false
                read_only_root_filesystem  = true
                capabilities {
                  drop = ["ALL"]
                }
              }
              volume_mount {
                name       = "tmp"
                mount_path = "/tmp"
              }
            }

            # The report is published whatever became of single cells; after that they fail the run.
            container {
              name    = "cells"
              image   = var.scheduler_image
              command = ["bash", "-c", "! grep . /tmp/failed-cells"]

              resources {
                requests = { cpu = "10m", memory = "32Mi" }
                limits   = { memory = "64Mi" }
              }
              security_context {
                allow_privilege_escalation = false
                read_only_root_filesystem  = true
                capabilities {
                  drop = ["ALL"]
                }
              }
              volume_mount {
                name       = "tmp"
                mount_path = "/tmp"
                read_only  = true
              }
            }

            volume {
              name = "schedule"
              config_map {
                name = kubernetes_config_map_v1.schedule.metadata[0].name
              }
            }
            volume {
              name = "tmp"
              empty_dir {}
            }
          }
        }
      }
    }
  }

  depends_on = [helm_release.operator, kubernetes_role_binding_v1.scheduler]
}

mock_provider "google" {
  mock_resource "google_storage_bucket" {
    defaults = {
      url            = "gs://bucket"
      project_number = 123456789012
    }
  }
}
mock_provider "helm" {}
mock_provider "kubernetes" {}
mock_provider "time" {}

variables {
  project_id = "some-project"
  image_tag  = "0.1.0"
}

run "gpu_nodes_come_and_go" {
  assert {
    condition = (
      google_container_node_pool.gpu.initial_node_count == 0 &&
      google_container_node_pool.gpu.autoscaling[0].total_min_node_count == 0 &&
      google_container_node_pool.gpu.autoscaling[0].total_max_node_count == 1
    )
    error_message = "The GPU pool must start at no node, fall to none, and grow to gpu_max_nodes."
  }
  assert {
    condition = (
      google_container_node_pool.gpu.node_config[0].spot &&
      google_container_node_pool.gpu.node_config[0].machine_type == "g2-standard-8" &&
      google_container_node_pool.gpu.node_config[0].guest_accelerator[0].type == "nvidia-l4" &&
      google_container_node_pool.gpu.node_config[0].guest_accelerator[0].count == 1 &&
      google_container_node_pool.gpu.node_config[0].guest_accelerator[0].gpu_driver_installation_config[0].gpu_driver_version == "DEFAULT"
    )
    error_message = "By default a GPU node is a spot g2-standard-8 with one L4 and GKE's default driver."
  }
  assert {
    condition     = google_container_node_pool.gpu.node_config[0].taint[0].key == "nvidia.com/gpu"
    error_message = "Pods that need no GPU must keep off the GPU nodes."
  }
  assert {
    condition     = google_container_node_pool.cpu.autoscaling[0].total_min_node_count == 1
    error_message = "The operator and the schedule need a node that is always there."
  }
}

run "nodes_are_private_and_have_few_rights" {
  assert {
    condition     = google_container_cluster.this.private_cluster_config[0].enable_private_nodes && google_container_cluster.this.deletion_protection
    error_message = "Nodes must have no public address, and the cluster must be protected."
  }
  assert {
    condition     = google_project_iam_member.nodes.role == "roles/container.defaultNodeServiceAccount"
    error_message = "Nodes must have GKE's least rights in the project, no others."
  }
  assert {
    condition = alltrue([
      for pool in [google_container_node_pool.cpu, google_container_node_pool.gpu] :
      pool.node_config[0].workload_metadata_config[0].mode == "GKE_METADATA"
    ])
    error_message = "Pods must not reach the node's own credentials."
  }
}

run "buckets_are_versioned_uniform_and_closed" {
  assert {
    condition     = toset(keys(google_storage_bucket.this)) == toset(["data", "models", "reports"])
    error_message = "There must be buckets for data, models and reports."
  }
  assert {
    condition = alltrue([
      for bucket in google_storage_bucket.this :
      bucket.versioning[0].enabled && bucket.uniform_bucket_level_access &&
      bucket.public_access_prevention == "enforced" && !bucket.force_destroy
    ])
    error_message = "Buckets must be versioned, uniform, closed to the public, and not be destroyed with something in them."
  }
  assert {
    condition = alltrue([
      for bucket in google_storage_bucket.this :
      one(bucket.lifecycle_rule[0].condition).days_since_noncurrent_time == 30 && one(bucket.lifecycle_rule[0].action).type == "Delete"
    ])
    error_message = "What was overwritten must go after keep_old_versions_days."
  }
  assert {
    condition     = google_storage_bucket.this["data"].name == "some-project-pixelprobe-data"
    error_message = "docs/CLOUD.md names the buckets PROJECT-pixelprobe-PURPOSE."
  }
}

run "workloads_have_least_privilege" {
  assert {
    condition = alltrue([
      for grant in google_storage_bucket_iam_member.flink_reads :
      grant.role == "roles/storage.objectViewer" &&
      grant.member == "principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/some-project.svc.id.goog/subject/ns/pixelprobe/sa/flink"
    ])
    error_message = "Jobs must read data and models as the Kubernetes service account flink, and not write them."
  }
  assert {
    condition = (
      google_storage_bucket_iam_member.flink_writes_runs.bucket == "some-project-pixelprobe-reports" &&
      google_storage_bucket_iam_member.scheduler_writes_report.bucket == "some-project-pixelprobe-reports" &&
      endswith(google_storage_bucket_iam_member.scheduler_writes_report.member, "/subject/ns/pixelprobe/sa/scheduler")
    )
    error_message = "Jobs and the scheduler must write to the bucket of reports alone."
  }
  assert {
    condition = (
      length(kubernetes_role_v1.scheduler.rule) == 1 &&
      kubernetes_role_v1.scheduler.rule[0].resources == toset(["flinkdeployments"]) &&
      kubernetes_role_v1.scheduler.rule[0].verbs == toset(["create", "delete", "get", "list", "watch"]) &&
      kubernetes_role_v1.scheduler.metadata[0].namespace == "pixelprobe"
    )
    error_message = "The scheduler may make, see and delete FlinkDeployments of its namespace, nothing else."
  }
  assert {
    condition     = yamldecode(helm_release.operator.values[0]).watchNamespaces == ["pixelprobe"]
    error_message = "The operator must have rights in the benchmarks' namespace alone."
  }
}

run "one_run_at_a_time_and_never_forever" {
  assert {
    condition = (
      kubernetes_cron_job_v1.benchmark.spec[0].concurrency_policy == "Forbid" &&
      kubernetes_cron_job_v1.benchmark.spec[0].schedule == "0 6 * * 1" &&
      kubernetes_cron_job_v1.benchmark.spec[0].job_template[0].spec[0].backoff_limit == 0 &&
      kubernetes_cron_job_v1.benchmark.spec[0].job_template[0].spec[0].active_deadline_seconds == 7 * 3600
    )
    error_message = "Runs must not overlap, must not be repeated, and must end an hour after run_timeout_hours at the latest."
  }
  assert {
    condition = (
      kubernetes_cron_job_v1.benchmark.spec[0].job_template[0].spec[0].template[0].spec[0].restart_policy == "Never" &&
      kubernetes_cron_job_v1.benchmark.spec[0].job_template[0].spec[0].template[0].spec[0].termination_grace_period_seconds > 30 + 300
    )
    error_message = "A pod that is told to stop must have the time for a poll (30 s) and for the deletion (300 s)."
  }
}

run "the_schedule_submits_what_was_asked_for" {
  assert {
    condition = jsondecode(local.run_settings.ARGUMENTS) == [
      "run", "--config", "/suite/@SUITE@.yaml", "--runs", "@RUNS@", "--summary", "@SUMMARY@",
      "--", "--runner=FlinkRunner", "--flinkMaster=[auto]", "--parallelism=4",
    ]
    error_message = "The job must run the suite, leave its runs and a summary, and take Flink's own cluster as the runner."
  }
  assert {
    condition = tomap({
      for setting in kubernetes_cron_job_v1.benchmark.spec[0].job_template[0].spec[0].template[0].spec[0].init_container[0].env :
      setting.name => setting.value if length(setting.value_from) == 0 && setting.name != "HOME"
    }) == tomap(local.run_settings)
    error_message = "run-benchmark.sh must get its settings."
  }
  assert {
    condition     = kubernetes_config_map_v1.schedule.data["flinkdeployment.yaml"] == file("schedule/flinkdeployment.yaml")
    error_message = "The template must reach the cluster as it is: its fields are filled in by run-benchmark.sh."
  }
  assert {
    condition = (
      kubernetes_config_map_v1.schedule.data["suite.yaml"] == file("schedule/suite.yaml") &&
      yamldecode(kubernetes_config_map_v1.schedule.data["suite.yaml"]).datasets == ["shapes"]
    )
    error_message = "Without a word the suite must be the one that needs no data."
  }
  assert {
    condition     = kubernetes_cron_job_v1.benchmark.spec[0].job_template[0].spec[0].template[0].spec[0].container[1].command == tolist(["bash", "-c", "! grep . /tmp/failed-cells"])
    error_message = "Cells that failed must fail the run, beside the report and not in its place."
  }
  assert {
    condition = length(setsubtract(
      flatten(regexall("@([A-Z_]+)@", file("schedule/flinkdeployment.yaml"))),
      concat(keys(local.run_settings), ["NAME", "SUMMARY", "OWNER_NAME", "OWNER_UID"]),
    )) == 0
    error_message = "Every field of the template must be a setting, or a name that run-benchmark.sh makes."
  }
  assert {
    condition = toset(split(" ", replace(regex("(?s)settings=\\(([^)]*)\\)", file("schedule/run-benchmark.sh"))[0], "/\\s+/", " "))) == setunion(
      keys(local.run_settings), ["OWNER_NAME", "OWNER_UID"]
    )
    error_message = "run-benchmark.sh must ask for the settings that it gets."
  }
  assert {
    condition = (
      output.image == "us-central1-docker.pkg.dev/some-project/pixelprobe/pixelprobe:0.1.0" &&
      kubernetes_cron_job_v1.benchmark.spec[0].job_template[0].spec[0].template[0].spec[0].container[0].image == output.image &&
      local.run_settings.IMAGE == output.image
    )
    error_message = "The job and the report must run on the image that is pushed to the registry."
  }
}

run "the_report_is_published_and_guarded" {
  assert {
    condition = kubernetes_cron_job_v1.benchmark.spec[0].job_template[0].spec[0].template[0].spec[0].container[0].command == tolist([
      "pixelprobe", "report", "--runs", "gs://bucket/runs", "--out", "gs://bucket/site", "--fail-on-regression",
    ])
    error_message = "After the run the report over all runs must be published, and must fail on a regression."
  }
  assert {
    condition = alltrue([
      for word in ["cluster_name=\"pixelprobe\"", "namespace=\"pixelprobe\"", "name:\"weekly\"", "BackoffLimitExceeded", "DeadlineExceeded", "MissSchedule", "JobAlreadyActive"] :
      strcontains(google_monitoring_alert_policy.failed_run.conditions[0].condition_matched_log[0].filter, word)
    ])
    error_message = "The alert must tell of failed, overdue, missed and overlapping runs of this schedule."
  }
}

mock_provider "google" {
  mock_resource "google_storage_bucket" {
    defaults = {
      url            = "gs://bucket"
      project_number = 123456789012
    }
  }
  mock_resource "google_monitoring_notification_channel" {
    defaults = {
      name = "projects/some-project/notificationChannels/1"
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

run "eight_gpus_on_two_nodes" {
  variables {
    zone               = "europe-west4-b"
    gpu_type           = "nvidia-a100-80gb"
    gpu_machine_type   = "a2-ultragpu-4g"
    gpu_count          = 4
    gpu_max_nodes      = 2
    gpu_spot           = false
    gpu_driver_version = "LATEST"
    taskmanager        = { cpu = 10, memory_gib = 120, native_gib = 60, slots = 8 }
  }
  assert {
    condition = (
      !google_container_node_pool.gpu.node_config[0].spot &&
      google_container_node_pool.gpu.node_config[0].machine_type == "a2-ultragpu-4g" &&
      google_container_node_pool.gpu.node_config[0].guest_accelerator[0].type == "nvidia-a100-80gb" &&
      google_container_node_pool.gpu.node_config[0].guest_accelerator[0].count == 4 &&
      google_container_node_pool.gpu.node_config[0].guest_accelerator[0].gpu_driver_installation_config[0].gpu_driver_version == "LATEST" &&
      google_container_node_pool.gpu.autoscaling[0].total_max_node_count == 2
    )
    error_message = "The GPU pool must be what the variables say."
  }
  assert {
    condition = (
      local.run_settings.PARALLELISM == 64 &&
      local.run_settings.TASKMANAGER_CPU == 10 &&
      local.run_settings.TASKMANAGER_MEMORY == "120g" &&
      local.run_settings.NATIVE_MEMORY == "60g"
    )
    error_message = "2 nodes of 4 GPUs with 8 slots each are 64 subtasks."
  }
  assert {
    condition     = google_artifact_registry_repository.this.location == "europe-west4" && google_storage_bucket.this["data"].location == "europe-west4"
    error_message = "Registry and buckets must be in the zone's region."
  }
}

run "real_data_another_schedule_and_no_gate" {
  variables {
    benchmark          = "models: [igpt-s]\ndatasets:\n  - {dataset: cifar10, data: gs://some-project-pixelprobe-data}\n"
    suite              = "nightly"
    schedule           = "30 1 * * *"
    time_zone          = "Europe/Berlin"
    suspended          = true
    run_timeout_hours  = 0.5
    fail_on_regression = false
  }
  assert {
    condition     = yamldecode(kubernetes_config_map_v1.schedule.data["suite.yaml"]).datasets[0].data == "gs://some-project-pixelprobe-data"
    error_message = "The suite must reach the job."
  }
  assert {
    condition = (
      kubernetes_cron_job_v1.benchmark.metadata[0].name == "nightly" &&
      kubernetes_cron_job_v1.benchmark.spec[0].schedule == "30 1 * * *" &&
      kubernetes_cron_job_v1.benchmark.spec[0].timezone == "Europe/Berlin" &&
      kubernetes_cron_job_v1.benchmark.spec[0].suspend &&
      local.run_settings.TIMEOUT_SECONDS == 1800
    )
    error_message = "The schedule must be what the variables say."
  }
  assert {
    condition     = !contains(kubernetes_cron_job_v1.benchmark.spec[0].job_template[0].spec[0].template[0].spec[0].container[0].command, "--fail-on-regression")
    error_message = "Without fail_on_regression the report must not fail."
  }
}

run "people_are_told_and_may_read" {
  variables {
    alert_emails          = ["team@example.com"]
    notification_channels = ["projects/some-project/notificationChannels/2"]
    report_readers        = ["group:team@example.com"]
    authorized_networks   = { office = "203.0.113.0/24" }
  }
  assert {
    condition = google_monitoring_alert_policy.failed_run.notification_channels == tolist([
      "projects/some-project/notificationChannels/1", "projects/some-project/notificationChannels/2",
    ])
    error_message = "The alert must go to new and existing channels."
  }
  assert {
    condition     = google_storage_bucket_iam_member.readers["group:team@example.com"].role == "roles/storage.objectViewer"
    error_message = "Readers must be able to read, and no more."
  }
  assert {
    condition     = one(google_container_cluster.this.master_authorized_networks_config[0].cidr_blocks).cidr_block == "203.0.113.0/24"
    error_message = "The cluster's API must be reachable from the authorized networks alone."
  }
}

run "teardown_can_delete_everything" {
  variables {
    protect = false
  }
  assert {
    condition = (
      !google_container_cluster.this.deletion_protection &&
      alltrue([for bucket in google_storage_bucket.this : bucket.force_destroy])
    )
    error_message = "Without protection nothing may keep destroy from leaving nothing."
  }
}

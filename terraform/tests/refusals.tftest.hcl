mock_provider "google" {}
mock_provider "helm" {}
mock_provider "kubernetes" {}
mock_provider "time" {}

variables {
  project_id = "some-project"
  image_tag  = "0.1.0"
}

run "refuses_a_project_number" {
  command = plan
  variables {
    project_id = "123456789012"
  }
  expect_failures = [var.project_id]
}

run "refuses_a_name_in_capitals" {
  command = plan
  variables {
    name = "PixelProbe"
  }
  expect_failures = [var.name]
}

run "refuses_a_region_for_a_zone" {
  command = plan
  variables {
    zone = "us-central1"
  }
  expect_failures = [var.zone]
}

run "refuses_an_address_for_a_network" {
  command = plan
  variables {
    authorized_networks = { office = "here" }
  }
  expect_failures = [var.authorized_networks]
}

run "refuses_no_cpu_node" {
  command = plan
  variables {
    cpu_max_nodes = 0
  }
  expect_failures = [var.cpu_max_nodes]
}

run "refuses_an_unknown_gpu" {
  command = plan
  variables {
    gpu_type = "nvidia-l5"
  }
  expect_failures = [var.gpu_type]
}

run "refuses_a_gpu_on_a_machine_of_another_series" {
  command = plan
  variables {
    gpu_type = "nvidia-tesla-a100"
  }
  expect_failures = [var.gpu_machine_type]
}

run "refuses_three_gpus" {
  command = plan
  variables {
    gpu_count = 3
  }
  expect_failures = [var.gpu_count]
}

run "refuses_no_gpu_node" {
  command = plan
  variables {
    gpu_max_nodes = 0
  }
  expect_failures = [var.gpu_max_nodes]
}

run "refuses_a_driver_by_number" {
  command = plan
  variables {
    gpu_driver_version = "550.90"
  }
  expect_failures = [var.gpu_driver_version]
}

run "refuses_more_native_memory_than_java_can_spare" {
  command = plan
  variables {
    taskmanager = { memory_gib = 16, native_gib = 10 }
  }
  expect_failures = [var.taskmanager]
}

run "refuses_half_a_slot" {
  command = plan
  variables {
    taskmanager = { slots = 1.5 }
  }
  expect_failures = [var.taskmanager]
}

run "refuses_an_operator_that_is_no_release" {
  command = plan
  variables {
    operator_version = "main"
  }
  expect_failures = [var.operator_version]
}

run "refuses_a_tag_that_moves" {
  command = plan
  variables {
    image_tag = "latest"
  }
  expect_failures = [var.image_tag]
}

run "refuses_a_suite_with_a_space" {
  command = plan
  variables {
    suite = "my suite"
  }
  expect_failures = [var.suite]
}

run "refuses_the_name_of_a_file_for_a_suite" {
  command = plan
  variables {
    benchmark = "benchmarks/weekly.yaml"
  }
  expect_failures = [var.benchmark]
}

run "refuses_a_schedule_of_four_fields" {
  command = plan
  variables {
    schedule = "0 6 * *"
  }
  expect_failures = [var.schedule]
}

run "refuses_no_time_to_run" {
  command = plan
  variables {
    run_timeout_hours = 0
  }
  expect_failures = [var.run_timeout_hours]
}

run "refuses_everyone_as_reader" {
  command = plan
  variables {
    report_readers = ["allUsers"]
  }
  expect_failures = [var.report_readers]
}

run "refuses_a_name_for_an_address" {
  command = plan
  variables {
    alert_emails = ["team"]
  }
  expect_failures = [var.alert_emails]
}

run "refuses_a_channel_by_its_number" {
  command = plan
  variables {
    notification_channels = ["2"]
  }
  expect_failures = [var.notification_channels]
}

run "refuses_versions_that_go_at_once" {
  command = plan
  variables {
    keep_cache_days        = 0
    keep_old_versions_days = 0
  }
  expect_failures = [var.keep_cache_days, var.keep_old_versions_days]
}

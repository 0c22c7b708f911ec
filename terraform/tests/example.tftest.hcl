mock_provider "google" {
  mock_resource "google_storage_bucket" {
    defaults = {
      url            = "gs://bucket"
      project_number = 123456789012
    }
  }
  mock_resource "google_container_cluster" {
    defaults = {
      endpoint    = "203.0.113.1"
      master_auth = { cluster_ca_certificate = "Y2VydGlmaWNhdGU=" }
    }
  }
}
mock_provider "helm" {}
mock_provider "kubernetes" {}
mock_provider "time" {}

run "one_apply_makes_the_example" {
  module {
    source = "./examples/minimal"
  }
  variables {
    project_id = "some-project"
    image_tag  = "0.1.0"
  }
  assert {
    condition     = output.image == "us-central1-docker.pkg.dev/some-project/pixelprobe/pixelprobe:0.1.0"
    error_message = "The example must say where the image belongs."
  }
  assert {
    condition     = output.credentials_command == "gcloud container clusters get-credentials pixelprobe --zone us-central1-a --project some-project"
    error_message = "The example must say how to reach the cluster."
  }
  assert {
    condition     = output.run_now_command == "kubectl -n pixelprobe create job --from=cronjob/weekly weekly-by-hand-$(date +%s)"
    error_message = "The example must say how to start a run."
  }
}

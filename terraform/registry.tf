resource "google_artifact_registry_repository" "this" {
  project       = var.project_id
  location      = local.region
  repository_id = var.name
  description   = "The images that benchmarks run on."
  format        = "DOCKER"

  docker_config {
    immutable_tags = true
  }
  cleanup_policies {
    id     = "keep-the-newest"
    action = "KEEP"
    most_recent_versions {
      keep_count = 5
    }
  }
  cleanup_policies {
    id     = "delete-after-half-a-year"
    action = "DELETE"
    condition {
      older_than = "15552000s"
    }
  }

  depends_on = [time_sleep.services]
}

locals {
  repository = "${local.region}-docker.pkg.dev/${var.project_id}/${google_artifact_registry_repository.this.repository_id}"
  image      = "${local.repository}/pixelprobe:${var.image_tag}"
}

locals {
  bucket_purposes = {
    data    = "data sets, read by the jobs"
    models  = "models, read by the jobs"
    reports = "runs, written by the jobs, and the report over them"
  }
}

resource "google_storage_bucket" "this" {
  for_each = local.bucket_purposes

  project                     = var.project_id
  name                        = "${var.project_id}-${var.name}-${each.key}"
  location                    = local.region
  force_destroy               = !var.protect
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  versioning {
    enabled = true
  }
  # Versions are the way back. Soft deletion on top would keep, and bill, everything twice.
  soft_delete_policy {
    retention_duration_seconds = 0
  }
  lifecycle_rule {
    condition {
      days_since_noncurrent_time = var.keep_old_versions_days
      with_state                 = "ARCHIVED"
    }
    action {
      type = "Delete"
    }
  }
  # Features that no run has asked for anew are extracted again.
  lifecycle_rule {
    condition {
      age            = var.keep_cache_days
      matches_prefix = ["cache/"]
    }
    action {
      type = "Delete"
    }
  }
  lifecycle_rule {
    condition {
      age = 7
    }
    action {
      type = "AbortIncompleteMultipartUpload"
    }
  }

  depends_on = [time_sleep.services]
}

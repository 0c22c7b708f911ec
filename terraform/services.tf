resource "google_project_service" "this" {
  for_each = toset([
    "artifactregistry.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "compute.googleapis.com",
    "container.googleapis.com",
    "containerfilesystem.googleapis.com",
    "iam.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "storage.googleapis.com",
  ])

  project            = var.project_id
  service            = each.key
  disable_on_destroy = false
}

# A service that was just enabled refuses calls for a while.
resource "time_sleep" "services" {
  create_duration = "60s"
  triggers        = { services = join(",", sort(keys(google_project_service.this))) }

  depends_on = [google_project_service.this]
}

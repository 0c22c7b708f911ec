# Nodes write logs and metrics and pull images, nothing more.
resource "google_service_account" "nodes" {
  project      = var.project_id
  account_id   = "${var.name}-nodes"
  display_name = "Nodes of the cluster ${var.name}"

  depends_on = [time_sleep.services]
}

resource "google_project_iam_member" "nodes" {
  project = var.project_id
  role    = "roles/container.defaultNodeServiceAccount"
  member  = google_service_account.nodes.member
}

resource "google_artifact_registry_repository_iam_member" "nodes" {
  project    = var.project_id
  location   = google_artifact_registry_repository.this.location
  repository = google_artifact_registry_repository.this.name
  role       = "roles/artifactregistry.reader"
  member     = google_service_account.nodes.member
}

# Pods act as their Kubernetes service accounts: no keys, and no Google service accounts in between.
locals {
  pods = join("/", [
    "principal://iam.googleapis.com/projects/${google_storage_bucket.this["reports"].project_number}",
    "locations/global/workloadIdentityPools/${var.project_id}.svc.id.goog/subject/ns/${local.namespace}/sa",
  ])
  flink_member     = "${local.pods}/${local.flink_account}"
  scheduler_member = "${local.pods}/${local.scheduler_account}"
}

resource "google_storage_bucket_iam_member" "flink_reads" {
  for_each = toset(["data", "models"])

  bucket = google_storage_bucket.this[each.key].name
  role   = "roles/storage.objectViewer"
  member = local.flink_member

  depends_on = [google_container_cluster.this]
}

resource "google_storage_bucket_iam_member" "flink_writes_runs" {
  bucket = google_storage_bucket.this["reports"].name
  role   = "roles/storage.objectUser"
  member = local.flink_member

  depends_on = [google_container_cluster.this]
}

resource "google_storage_bucket_iam_member" "scheduler_writes_report" {
  bucket = google_storage_bucket.this["reports"].name
  role   = "roles/storage.objectUser"
  member = local.scheduler_member

  depends_on = [google_container_cluster.this]
}

resource "google_storage_bucket_iam_member" "readers" {
  for_each = var.report_readers

  bucket = google_storage_bucket.this["reports"].name
  role   = "roles/storage.objectViewer"
  member = each.key
}

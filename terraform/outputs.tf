output "cluster" {
  description = "What the kubernetes and helm providers need to reach the cluster."
  value = {
    name           = google_container_cluster.this.name
    endpoint       = google_container_cluster.this.endpoint
    ca_certificate = google_container_cluster.this.master_auth[0].cluster_ca_certificate
  }
}

output "credentials_command" {
  description = "Points kubectl at the cluster."
  value       = "gcloud container clusters get-credentials ${google_container_cluster.this.name} --zone ${var.zone} --project ${var.project_id}"
}

output "image" {
  description = "The image that runs use: build it, then push it here."
  value       = local.image
}

output "buckets" {
  description = "The buckets, by what they hold."
  value       = { for purpose, bucket in google_storage_bucket.this : purpose => bucket.url }
}

output "report_url" {
  description = "The report, for those in report_readers."
  value       = "https://storage.cloud.google.com/${google_storage_bucket.this["reports"].name}/site/index.html"
}

output "run_now_command" {
  description = "Starts a run without waiting for the schedule."
  value       = "kubectl -n ${local.namespace} create job --from=cronjob/${kubernetes_cron_job_v1.benchmark.metadata[0].name} ${var.suite}-by-hand-$(date +%s)"
}

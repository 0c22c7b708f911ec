output "credentials_command" {
  description = "Points kubectl at the cluster."
  value       = module.pixelprobe.credentials_command
}

output "image" {
  description = "The image that runs use: build it, then push it here."
  value       = module.pixelprobe.image
}

output "buckets" {
  description = "The buckets, by what they hold."
  value       = module.pixelprobe.buckets
}

output "report_url" {
  description = "The report."
  value       = module.pixelprobe.report_url
}

output "run_now_command" {
  description = "Starts a run without waiting for the schedule."
  value       = module.pixelprobe.run_now_command
}

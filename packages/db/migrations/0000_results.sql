CREATE TABLE "learners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "results" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"learner_id" uuid NOT NULL,
	"lab_id" text NOT NULL,
	"lab_version" text NOT NULL,
	"status" text NOT NULL,
	"score" integer NOT NULL,
	"max" integer NOT NULL,
	"result" jsonb NOT NULL,
	"engine_version" text NOT NULL,
	"log_size" integer NOT NULL,
	"log_hash" text NOT NULL,
	"graded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "results" ADD CONSTRAINT "results_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "results_learner_lab" ON "results" USING btree ("learner_id","lab_id");